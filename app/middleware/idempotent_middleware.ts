import { createHmac } from 'node:crypto'
import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { InvalidValue } from '#core/assets/errors'
import { SecretTold } from '#services/exchange/errors'
import { IdempotencyKeys } from '#services/exchange/idempotency_keys'
import env from '#start/env'

const KEY = /^[\u0021-\u007e]{1,255}$/
const KEPT_HEADERS = ['location', 'etag', 'x-change-id', 'content-type']

/**
 * Does a request with an `Idempotency-Key` once: the same request with the same key is answered as before, without
 * doing anything. Only what succeeded is kept: after a refusal the key is free for another try. An answer with a secret is
 * not kept; the same request is then refused.
 */
@inject()
export default class IdempotentMiddleware {
  constructor(private idempotencyKeys: IdempotencyKeys) {}

  async handle(ctx: HttpContext, next: NextFn, { isSecret }: { readonly isSecret: boolean }) {
    const key = ctx.request.header('idempotency-key')
    if (key === undefined) {
      return next()
    }
    if (!KEY.test(key)) {
      const message = 'The Idempotency-Key must have 1 to 255 visible ASCII characters'
      throw new InvalidValue('Idempotency-Key', message, 'idempotencyKey')
    }
    const { id: userId } = ctx.auth.getUserOrFail()
    const answer = await this.idempotencyKeys.claim(userId, key, hashOf(ctx))
    if (answer && isSecret) {
      throw new SecretTold()
    }
    if (answer) {
      ctx.response.status(answer.status)
      Object.entries(answer.headers).forEach(([name, value]) => ctx.response.header(name, value))
      return ctx.response.send(answer.body ?? '')
    }

    await next()
    await this.#finish(ctx, userId, key, isSecret)
  }

  /** What the handler threw was made an answer already. */
  async #finish({ response }: HttpContext, userId: number, key: string, isSecret: boolean) {
    const status = response.getStatus()
    if (status >= 400) {
      return this.idempotencyKeys.release(userId, key)
    }
    const body: unknown = isSecret ? null : response.getBody()
    const headers = KEPT_HEADERS.flatMap((name) => {
      const value = response.getHeader(name)
      return value === undefined ? [] : [[name, String(value)] as const]
    })
    const type = ['content-type', 'application/json; charset=utf-8'] as const
    const kept = Object.fromEntries(headers.some(([name]) => name === 'content-type') ? headers : [...headers, type])
    await this.idempotencyKeys.keep(userId, key, { status, headers: kept, body: body ? JSON.stringify(body) : null })
  }
}

/** A body may hold a password: without the key of this server its hash cannot be guessed. */
function hashOf({ request, upload }: HttpContext): string {
  const secret = env.get('APP_KEY').release()
  const parts = [request.method(), request.url(), request.body(), upload?.digest ?? null]
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('hex')
}
