import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { ListUsers } from '#services/identity/list_users'
import { userShape } from '#transformers/user_transformer'

const ALL = 10_000

export default class UserList extends BaseCommand {
  static commandName = 'user:list'
  static description = 'Show every account'
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Print the accounts as JSON' })
  declare json?: boolean

  @inject()
  async run(listUsers: ListUsers) {
    const { users } = await listUsers.handle({ limit: ALL })
    if (this.json) {
      this.logger.log(JSON.stringify(users.map(userShape.toJson)))
      return
    }

    const table = this.ui.table().head(['Id', 'Username', 'Role', 'E-mail', 'Active', 'Last sign-in'])
    for (const user of users) {
      table.row([
        String(user.id),
        user.username,
        user.role,
        user.email,
        user.isActive ? 'yes' : 'no',
        user.lastLoginAt?.toISO() ?? 'never',
      ])
    }
    table.render()
  }

  async completed() {
    return reportFault(this)
  }
}
