import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { AccessTokens } from '#services/identity/access_tokens'
import { IssueToken } from '#services/identity/issue_token'
import { RevokeToken } from '#services/identity/revoke_token'
import { toActor } from '#transformers/actor'
import { flashNotice } from '#transformers/console/notice'
import { readForm } from '#transformers/console/read_form'
import { TOKEN_CHOICES, toTokenRow, toWantedToken } from '#transformers/console/token_list'
import { tokenFormValidator } from '#validators/console_token'

@inject()
export default class TokensController {
  constructor(
    private tokens: AccessTokens,
    private issueToken: IssueToken,
    private revokeToken: RevokeToken
  ) {}

  /** The personal tokens of whoever asks, and the form for another. */
  async index({ auth, view }: HttpContext) {
    const tokens = await this.tokens.listOf(auth.getUserOrFail().id, 'personal')
    const rows = tokens.map((token) => toTokenRow(token, new Date()))
    return view.render('pages/tokens/index', { rows, choices: TOKEN_CHOICES })
  }

  /** Makes a token. This answer shows its value; the session and the next pages do not know it. */
  async store(ctx: HttpContext) {
    const { auth, request, response, view } = ctx
    const form = await readForm(tokenFormValidator, request.except(['_csrf']))

    const user = auth.getUserOrFail()
    const token = await this.issueToken.personal(user, toWantedToken(form, user.role, new Date()), toActor(ctx))
    response.header('Cache-Control', 'no-store')
    return view.render('pages/tokens/made', {
      token: toTokenRow(token, new Date()),
      value: token.value!.release(),
    })
  }

  /** What ending a token means. */
  async edit({ auth, params, view }: HttpContext) {
    const token = await this.tokens.oneOf(auth.getUserOrFail().id, params.id)
    return view.render('pages/tokens/revoke', { token: toTokenRow(token, new Date()) })
  }

  /** Ends a token at once. */
  async destroy(ctx: HttpContext) {
    const actor = toActor(ctx)
    await this.revokeToken.handle(actor.userId, ctx.params.id, actor)
    flashNotice(ctx.session, { text: 'The token is revoked: nothing can use it any more.' })
    return ctx.response.redirect().status(303).toPath('/account/tokens')
  }
}
