import { type AccessToken } from '@adonisjs/auth/access_tokens'
import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { AccessTokens } from '#services/identity/access_tokens'
import { IssueToken } from '#services/identity/issue_token'
import { RevokeToken } from '#services/identity/revoke_token'
import { toActor } from '#transformers/actor'
import { pageOfShortList } from '#transformers/short_list'
import { newTokenShape, tokenShape } from '#transformers/token_transformer'
import { pageValidator } from '#validators/paging'
import { createTokenValidator } from '#validators/session'

@inject()
export default class TokensController {
  constructor(
    private tokens: AccessTokens,
    private issueToken: IssueToken,
    private revokeToken: RevokeToken
  ) {}

  /** The personal tokens of whoever asks. */
  async index(ctx: HttpContext) {
    const paging = await pageValidator.validate(ctx.request.qs())

    const rows = await this.tokens.listOf(ctx.auth.getUserOrFail().id, 'personal')
    const list = { name: 'tokens', rows, idOf: (token: AccessToken) => Number(token.identifier) }
    return pageOfShortList(ctx, list, paging).map(tokenShape.toJson)
  }

  /** Makes a personal token. Its value is in this answer and nowhere else. */
  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const { name, abilities, expires_at: expiresAt } = await createTokenValidator.validate(request.body())

    const wanted = { name, abilities, expiresAt: expiresAt ? new Date(expiresAt) : null }
    const token = await this.issueToken.personal(auth.getUserOrFail(), wanted, toActor(ctx))
    response.status(201)
    return newTokenShape.toJson(token)
  }

  /** Ends one of the own tokens. */
  async destroy(ctx: HttpContext) {
    const actor = toActor(ctx)
    await this.revokeToken.handle(actor.userId, ctx.params.id, actor)
    return ctx.response.noContent()
  }
}
