import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { COMMAND_LINE } from '#core/access/user_edit'
import { FindUser } from '#services/identity/find_user'
import { UpdateUser } from '#services/identity/update_user'
import { userShape } from '#transformers/user_transformer'
import { readPassword } from './_password_input.js'

export default class UserPassword extends BaseCommand {
  static commandName = 'user:password'
  static description = 'Set the password of an account; every token and session of it ends'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Name of the account' })
  declare username: string

  @flags.boolean({ description: 'Print the account as JSON' })
  declare json?: boolean

  @inject()
  async run(findUser: FindUser, updateUser: UpdateUser) {
    const user = await findUser.byUsername(this.username)

    const password = await readPassword(() => this.prompt.secure('New password (at least 12 characters)'))
    const changed = await updateUser.handle(user.id, { password }, COMMAND_LINE)
    if (this.json) {
      this.logger.log(JSON.stringify(userShape.toJson(changed)))
      return
    }
    this.logger.success(`${user.username} has a new password`)
  }

  async completed() {
    return reportFault(this)
  }
}
