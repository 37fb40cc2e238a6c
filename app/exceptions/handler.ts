import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { type HttpError } from '@adonisjs/core/types/http'
import { PermissionDenied, RankExceeded } from '#core/access/errors'
import { StaleRevision } from '#core/assets/errors'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
import { toActor } from '#transformers/actor'
import { toProblem, type Problem } from './problem.js'

/** Input that must not come back in a form, and so must not lie in the session either. */
const NEVER_FLASHED = ['_csrf', 'password', 'password_confirmation', 'current_password', 'new_password']

/** What a person can put right, or has to be told about what was asked: back to the page with it. */
const RETURNED = new Set([401, 403, 409, 412, 422, 429])

/** Turns what was thrown into a problem document for scripts and a page for people. */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = false

  /** What somebody was not let do is written down, too. */
  async report(error: unknown, ctx: HttpContext) {
    await super.report(error, ctx)
    if (error instanceof PermissionDenied || error instanceof RankExceeded) {
      await recordDenial(ctx, error.message).catch((err: unknown) => ctx.logger.error({ err }, 'denial not recorded'))
    }
  }

  async handle(error: unknown, ctx: HttpContext) {
    if (isForMachine(ctx)) {
      return this.#sendProblem(toProblem(error), ctx)
    }

    const problem = toProblem(error)
    if (RETURNED.has(problem.status) && 'session' in ctx && ctx.request.method() !== 'GET') {
      return this.#returnToForm(problem, ctx)
    }
    return super.handle(error, ctx)
  }

  /** A page that says what happened; plain text when not even that can be rendered. */
  async renderErrorAsHTML(error: HttpError, ctx: HttpContext) {
    const { retryAfter, ...problem } = toProblem(error)
    if (retryAfter !== undefined) {
      ctx.response.header('Retry-After', String(retryAfter))
    }

    try {
      const page = await ctx.view.render('pages/errors/problem', { problem, requestId: ctx.request.id() })
      ctx.response.status(problem.status).send(page)
    } catch (failure) {
      ctx.logger.error({ err: failure }, 'the error page could not be rendered')
      ctx.response.status(problem.status).type('text').send(`${problem.status} ${problem.title}\n`)
    }
  }

  #sendProblem({ retryAfter, ...problem }: Problem, { request, response }: HttpContext) {
    if (retryAfter !== undefined) {
      response.header('Retry-After', String(retryAfter))
    }
    if (problem.status === 401) {
      response.header('WWW-Authenticate', 'Bearer')
    }
    response.status(problem.status)
    response.send({ ...problem, request_id: request.id() })
    response.header('Content-Type', 'application/problem+json; charset=utf-8')
  }

  /** Back to the form that was sent, with what was typed and what is wrong with it. */
  #returnToForm(problem: Problem, { session, response }: HttpContext) {
    const faults: Record<string, string[]> = {}
    for (const { field, message } of problem.errors ?? []) {
      faults[field] = [...(faults[field] ?? []), message]
    }
    session.flashExcept(NEVER_FLASHED)
    session.flashErrors({ [problem.code]: problem.detail })
    session.flash('inputErrorsBag', faults)
    session.flash('notice', toNotice(problem))
    return response.redirect().status(303).back()
  }
}

/** The API, the health checks and the metrics answer machines in JSON whatever the client accepts; pages do when a script asks for it. */
function isForMachine({ request }: HttpContext) {
  const path = request.url()
  return (
    path === '/health' ||
    path.startsWith('/health/') ||
    path === '/metrics' ||
    path === '/api' ||
    path.startsWith('/api/') ||
    request.accepts(['html', 'json']) === 'json'
  )
}

/** What the page says about a refusal, with a link to what is in the way. */
function toNotice({ code, detail, errors, item_id: itemId, sync_id: runId }: Problem) {
  if (code === StaleRevision.code) {
    return { kind: 'bad', text: 'Not saved: somebody else changed this asset meanwhile.' }
  }
  const text = errors && itemId === undefined ? 'Not saved: please look at what is marked.' : `${detail}.`
  const href = itemId === undefined ? runId && `/runs/${runId}` : `/items/${itemId}`
  return { kind: 'bad', text, ...(href && { href, label: 'Open it' }) }
}

async function recordDenial(ctx: HttpContext, reason: string): Promise<void> {
  const target = `${ctx.request.method()} ${ctx.request.url()}`
  await shortTransaction(db.connection(), (trx) =>
    recordAudit(trx, { action: 'access.denied', actor: toActor(ctx), target, detail: { reason } })
  )
}
