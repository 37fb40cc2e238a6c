import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { COMMAND_LINE } from '#core/access/user_edit'
import { CreateUser } from '#services/identity/create_user'
import { userShape } from '#transformers/user_transformer'
import { createUserValidator } from '#validators/user'
import { readPassword } from './_password_input.js'

export default class UserCreate extends BaseCommand {
  static commandName = 'user:create'
  static description = 'Add an account; its password is asked for, or read from stdin'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Name to sign in with' })
  declare username: string

  @flags.string({ description: 'E-mail address', required: true })
  declare email: string

  @flags.string({ description: 'viewer, admin or superuser', default: 'viewer' })
  declare role: string

  @flags.boolean({ description: 'Print the account as JSON' })
  declare json?: boolean

  @inject()
  async run(createUser: CreateUser) {
    const password = await readPassword(() => this.prompt.secure('Password (at least 12 characters)'))
    const { username, email, role } = this
    const input = await createUserValidator.validate({ username, email, role, password })

    const user = await createUser.handle(input, COMMAND_LINE)
    if (this.json) {
      this.logger.log(JSON.stringify(userShape.toJson(user)))
      return
    }
    this.logger.success(`${user.role} ${user.username} can sign in`)
  }

  async completed() {
    return reportFault(this)
  }
}
