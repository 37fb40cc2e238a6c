import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { readId } from '#commands/_read_id'
import { reportFault } from '#commands/_report_fault'
import { COMMAND_LINE } from '#core/access/user_edit'
import type User from '#models/user'
import { AccessTokens } from '#services/identity/access_tokens'
import { FindUser } from '#services/identity/find_user'
import { IssueToken } from '#services/identity/issue_token'
import { RevokeToken } from '#services/identity/revoke_token'
import { newTokenShape, tokenShape } from '#transformers/token_transformer'
import { createTokenValidator } from '#validators/session'

export default class UserToken extends BaseCommand {
  static commandName = 'user:token'
  static description = 'Make a personal token for an account; its value is printed once'
  static options: CommandOptions = { startApp: true }
  static help = [
    '{{ binaryName }} user:token ada --name=nightly --ability=asset.read --expires=2027-01-31T00:00:00Z',
    '{{ binaryName }} user:token ada --list',
    '{{ binaryName }} user:token ada --revoke=7',
  ]

  @args.string({ description: 'Name of the account' })
  declare username: string

  @flags.string({ description: 'What the token is for', default: 'command line' })
  declare name: string

  @flags.array({ description: 'A permission that the token has; without any it may all that its owner may' })
  declare ability?: string[]

  @flags.string({ description: 'When it ends, such as 2027-01-31T00:00:00Z; without it never' })
  declare expires?: string

  @flags.boolean({ description: 'Show the tokens of the account' })
  declare list?: boolean

  @flags.string({ description: 'End the token of this id' })
  declare revoke?: string

  @flags.boolean({ description: 'Print what the API answers as JSON' })
  declare json?: boolean

  @inject()
  async run(findUser: FindUser, issueToken: IssueToken, revokeToken: RevokeToken, tokens: AccessTokens) {
    const user = await findUser.byUsername(this.username)
    if (this.revoke !== undefined) {
      const id = readId('token', this.revoke)
      await revokeToken.handle(user.id, id, COMMAND_LINE)
      this.json ? this.logger.log(JSON.stringify({ id })) : this.logger.success(`Token ${id} is revoked`)
      return
    }
    return this.list ? this.#show(user, tokens) : this.#issue(user, issueToken)
  }

  async #show(user: User, tokens: AccessTokens) {
    const rows = await tokens.listOf(user.id, 'personal')
    if (this.json) {
      this.logger.log(JSON.stringify(rows.map(tokenShape.toJson)))
      return
    }
    const table = this.ui.table().head(['Id', 'Name', 'Abilities', 'Expires', 'Last use'])
    for (const { identifier, name, abilities, expiresAt, lastUsedAt } of rows) {
      const ends = expiresAt?.toISOString() ?? 'never'
      table.row([String(identifier), name ?? '', abilities.join(' '), ends, lastUsedAt?.toISOString() ?? 'never'])
    }
    table.render()
  }

  async #issue(user: User, issueToken: IssueToken) {
    const {
      name,
      abilities,
      expires_at: expiresAt,
    } = await createTokenValidator.validate({
      name: this.name,
      abilities: this.ability,
      expires_at: this.expires,
    })
    const wanted = { name, abilities, expiresAt: expiresAt ? new Date(expiresAt) : null }
    const token = await issueToken.personal(user, wanted, COMMAND_LINE)
    this.logger.log(this.json ? JSON.stringify(newTokenShape.toJson(token)) : token.value!.release())
  }

  async completed() {
    return reportFault(this)
  }
}
