import encryption from '@adonisjs/core/services/encryption'
import { openConnections } from '#services/sources/http/connection_pool'
import { DEFAULT_HTTP_LIMITS } from '#services/sources/http/limits'
import { toTransportError } from '#services/sources/http/transport_faults'
import { type DueDelivery, type Outcome } from './due_deliveries.js'
import { signedHeaders } from './signature.js'
import { toWebhookTarget } from './webhook_target.js'

const PATIENCE_MS = 15_000
const LIMITS = { ...DEFAULT_HTTP_LIMITS, connectMs: 5_000, headersMs: 10_000, idleMs: 5_000 }

/** Most of an answer that is read, and then thrown away: nothing of it is of use to us, or to who set the address. */
const ANSWER_BYTES = 16 * 1024

/** Sends one message, signed. Redirects are not followed: an answer other than 2xx is a refusal. */
export async function sendDelivery(delivery: DueDelivery, body: string, now: Date): Promise<Outcome> {
  const secret = encryption.decrypt<string>(delivery.secret)
  if (secret === null) {
    const error = 'The secret cannot be read with the SECRET_KEY of this server: delete the webhook and make it anew'
    return { answerStatus: null, error }
  }
  const target = toWebhookTarget(delivery.url)
  const { pathname, search } = new URL(delivery.url)
  const pool = openConnections(target, LIMITS)
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    const answer = await pool.request({
      method: 'POST',
      path: pathname + search,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'LAIM',
        ...signedHeaders(secret, `msg_${delivery.id}`, body, now),
      },
      body,
      signal,
    })
    await answer.body.dump({ limit: ANSWER_BYTES, signal })
    const isTaken = answer.statusCode >= 200 && answer.statusCode < 300
    return { answerStatus: answer.statusCode, error: isTaken ? null : `It was answered ${answer.statusCode}` }
  } catch (error) {
    if (signal.aborted) {
      return { answerStatus: null, error: `There was no answer within ${PATIENCE_MS / 1000} seconds` }
    }
    const request = { target, requestName: 'POST', caSetting: 'the system', received: null, signal }
    return { answerStatus: null, error: toTransportError(error, request).message }
  } finally {
    await pool.destroy()
  }
}
