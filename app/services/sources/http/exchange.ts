import type { Readable } from 'node:stream'
import { SourceError, type HttpRequest } from '@laim/sdk'
import { Secret } from '@adonisjs/core/helpers'
import type { Pool } from 'undici'
import { Deadline } from './deadline.js'
import { ACCEPTED_ENCODINGS, decodeBody } from './decoded_body.js'
import type { HttpLimits } from './limits.js'
import { toStatusError } from './status_faults.js'
import { toRequestName, toRequestPath, type HttpTarget } from './target.js'
import { toTransportError, type BrokenRequest } from './transport_faults.js'

/** The peer and how it is asked; the same for every request of one client. */
export interface Peer {
  readonly target: HttpTarget
  readonly caSetting: string
  readonly limits: HttpLimits
  readonly pool: Pool
  readonly signal: AbortSignal
  now(): Date
  /** Called for each part of an answer. */
  onTraffic(): void
}

/** An answer whose status was welcome. Read `chunks` to the end or return it: it holds a connection. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly requestName: string
  /** The decoded body, cut with an error at `maxBytes`. */
  chunks(maxBytes: number): AsyncGenerator<Buffer>
}

/**
 * One try of one request: connect, send, status, headers. No redirect is followed.
 *
 * @throws SourceError for every fault on the way and every status that is neither 2xx nor accepted
 */
export async function exchange(peer: Peer, request: HttpRequest, headers: HttpRequest['headers']): Promise<Answer> {
  const { target, limits, pool, signal } = peer
  const path = toRequestPath(target, request)
  const requestName = toRequestName(request, path)
  const broken = { target, requestName, caSetting: peer.caSetting, signal }
  const deadline = new Deadline(request.timeoutMs ?? limits.tryMs, signal)

  try {
    const response = await deadline.during(
      pool.request({
        path,
        method: request.method ?? 'GET',
        headers: toWireHeaders(request, headers),
        body: toWireBody(request.body),
        signal: deadline.signal,
      })
    )
    response.body.on('error', () => {})
    peer.onTraffic()
    const received = flatten(response.headers)
    const { statusCode: status } = response
    if ((status < 200 || status >= 300) && !request.accept?.includes(status)) {
      response.body.destroy()
      const { 'retry-after': retryAfter, location } = received
      throw toStatusError(target, { status, requestName, retryAfter, location }, peer.now())
    }

    return {
      status,
      headers: received,
      requestName,
      chunks: (maxBytes) =>
        readChunks({
          ...broken,
          body: response.body,
          headers: received,
          deadline,
          maxBytes,
          onTraffic: peer.onTraffic,
        }),
    }
  } catch (error) {
    throw toTransportError(error, { ...broken, received: null })
  }
}

interface BodyToRead extends Omit<BrokenRequest, 'received'> {
  readonly body: Readable
  readonly headers: Readonly<Record<string, string>>
  readonly deadline: Deadline
  readonly maxBytes: number
  onTraffic(): void
}

async function* readChunks({
  body,
  headers,
  deadline,
  maxBytes,
  onTraffic,
  ...broken
}: BodyToRead): AsyncGenerator<Buffer> {
  const { requestName } = broken
  let received = 0
  try {
    const decoded = decodeBody(body, headers['content-encoding'])
    if (!decoded) {
      throw badPayload('E_SOURCE_ENCODING', `the answer has an encoding that was not asked for (at ${requestName})`)
    }
    const iterator: AsyncIterator<Buffer> = decoded[Symbol.asyncIterator]()
    for (;;) {
      const { done, value } = await deadline.during(iterator.next())
      if (done) return
      received += value.length
      onTraffic()
      if (received > maxBytes) {
        const limit = `${Math.floor(maxBytes / 1024)} KiB`
        throw badPayload('E_SOURCE_TOO_LARGE', `the answer is larger than ${limit} (at ${requestName})`)
      }
      yield value
    }
  } catch (error) {
    throw toTransportError(error, { ...broken, received })
  } finally {
    body.destroy()
  }
}

function toWireHeaders(request: HttpRequest, extra: HttpRequest['headers'] = {}): Record<string, string> {
  const wire: Record<string, string> = {
    'accept': 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
    'user-agent': 'LAIM',
  }
  if (request.body instanceof URLSearchParams) {
    wire['content-type'] = 'application/x-www-form-urlencoded'
  } else if (request.body !== undefined) {
    wire['content-type'] = 'application/json'
  }
  for (const [name, value] of Object.entries({ ...extra, ...request.headers })) {
    wire[name.toLowerCase()] = value instanceof Secret ? value.release() : value
  }
  return wire
}

function toWireBody(body: HttpRequest['body']): string | null {
  if (body === undefined) return null
  return body instanceof URLSearchParams ? body.toString() : JSON.stringify(body)
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

function badPayload(code: string, message: string): SourceError {
  return new SourceError({ kind: 'bad_payload', code, message })
}
