import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { COMMAND_LINE } from '#core/access/user_edit'
import { FindUser } from '#services/identity/find_user'
import { UpdateUser } from '#services/identity/update_user'
import { userShape } from '#transformers/user_transformer'
import { updateUserValidator } from '#validators/user'
import { readPassword } from './_password_input.js'

export default class UserUpdate extends BaseCommand {
  static commandName = 'user:update'
  static description = 'Change the role, the e-mail address or the password of an account, or switch it off'
  static options: CommandOptions = { startApp: true }
  static help = [
    'A new password is asked for, or read from stdin. It, and switching off, end every token and session.',
    '{{ binaryName }} user:update ada --role=admin',
    '{{ binaryName }} user:update ada --active=false',
  ]

  @args.string({ description: 'Name of the account' })
  declare username: string

  @flags.string({ description: 'viewer, admin or superuser' })
  declare role?: string

  @flags.string({ description: 'E-mail address' })
  declare email?: string

  @flags.string({ description: 'true or false: whether the account can be used' })
  declare active?: string

  @flags.boolean({ description: 'Set a new password' })
  declare password?: boolean

  @flags.boolean({ description: 'Print the account as JSON' })
  declare json?: boolean

  @inject()
  async run(findUser: FindUser, updateUser: UpdateUser) {
    const { id } = await findUser.byUsername(this.username)
    const password = this.password
      ? await readPassword(() => this.prompt.secure('New password (at least 12 characters)'))
      : undefined
    const isWord = this.active === 'true' || this.active === 'false'
    const { is_active: isActive, ...rest } = await updateUserValidator.validate({
      role: this.role,
      email: this.email,
      password,
      is_active: isWord ? this.active === 'true' : this.active,
    })

    const user = await updateUser.handle(id, { ...rest, isActive }, COMMAND_LINE)
    if (this.json) {
      this.logger.log(JSON.stringify(userShape.toJson(user)))
      return
    }
    this.logger.success(`${user.username} is ${user.role}, ${user.email}, ${user.isActive ? 'active' : 'switched off'}`)
  }

  async completed() {
    return reportFault(this)
  }
}
