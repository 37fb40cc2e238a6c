import {
  SourceError,
  type Clock,
  type HttpAuth,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
  type Validator,
} from '@laim/sdk'
import { Credentials, type CredentialHeaders } from './credentials.js'
import { exchange, type Answer, type Peer } from './exchange.js'
import { assertShape, parseJsonBody, parseJsonLeniently } from './json_body.js'
import { readItems } from './json_items.js'
import type { Pace } from './pace.js'
import { withRetries } from './retry_policy.js'

export interface ClientParts {
  readonly peer: Peer
  readonly clock: Clock
  readonly pace: Pace
  /** Called for each request that goes out, retries included. */
  onRequest(): void
  onRetry(error: SourceError, waitMs: number): void
}

/** The client a plugin is given: one origin, paced, retried, capped, explained. */
export class SourceHttpClient implements HttpClient {
  readonly #parts: ClientParts
  readonly #credentials: Credentials | null

  constructor(parts: ClientParts, auth?: { readonly auth: HttpAuth; readonly base: HttpClient }) {
    this.#parts = parts
    this.#credentials = auth ? new Credentials(auth.auth, auth.base) : null
  }

  async json<T = unknown>(request: HttpRequest, shape?: Validator): Promise<HttpResponse<T>> {
    return this.#perform(request, async (headers) => {
      const answer = await this.#send(request, headers)
      const bytes = await this.#readWhole(answer)
      if (answer.status >= 300) {
        return parseJsonLeniently<T>(bytes, answer)
      }
      const parsed = request.method === 'HEAD' || answer.status === 204 ? undefined : parseJsonBody(bytes, answer)
      const body = shape ? await assertShape<T>(parsed, shape, request) : (parsed as T)
      return { status: answer.status, headers: answer.headers, body }
    })
  }

  async text(request: HttpRequest): Promise<HttpResponse<string>> {
    return this.#perform(request, async (headers) => {
      const answer = await this.#send(request, headers)
      const bytes = await this.#readWhole(answer)
      return { status: answer.status, headers: answer.headers, body: new TextDecoder().decode(bytes) }
    })
  }

  /** A fault before the first element is retried; after it, the reader has already used what came. */
  async *items<T = unknown>(
    request: HttpRequest,
    arrayPath: string,
    onEnvelope?: (fields: JsonObject) => void
  ): AsyncGenerator<T> {
    const { elements, first } = await this.#perform(request, async (headers) => {
      const answer = await this.#send(request, headers)
      const opened = readItems<T>(answer, arrayPath, this.#parts.peer.limits, onEnvelope)
      return { elements: opened, first: await opened.next() }
    })
    try {
      if (first.done) return
      yield first.value
      yield* elements
    } finally {
      await elements.return(undefined)
    }
  }

  withAuth(auth: HttpAuth): HttpClient {
    return new SourceHttpClient(this.#parts, { auth, base: this })
  }

  /** Runs the operation with credentials and retries; a refusal renews the credentials once. */
  async #perform<T>(request: HttpRequest, operation: (headers: CredentialHeaders) => Promise<T>): Promise<T> {
    if (!this.#credentials) {
      return this.#retry(request, () => operation({}))
    }
    const held = await this.#credentials.get()
    try {
      return await this.#retry(request, () => operation(held))
    } catch (error) {
      if (!SourceError.is(error) || error.kind !== 'auth') {
        throw error
      }
      const renewed = await this.#credentials.renew(held)
      return this.#retry(request, () => operation(renewed))
    }
  }

  #retry<T>({ method = 'GET', idempotent }: HttpRequest, attempt: () => Promise<T>): Promise<T> {
    if (method === 'POST' && !idempotent) {
      return attempt()
    }
    const { peer, clock, onRetry } = this.#parts
    return withRetries({ limits: peer.limits, signal: peer.signal, clock, onRetry }, attempt).catch((error) => {
      throw peer.signal.aborted && !SourceError.is(error) ? cancelled(error) : error
    })
  }

  async #send(request: HttpRequest, headers: CredentialHeaders): Promise<Answer> {
    const { peer, pace, onRequest } = this.#parts
    await pace(peer.signal).catch((error) => {
      throw cancelled(error)
    })
    onRequest()
    return exchange(peer, request, headers)
  }

  async #readWhole(answer: Answer): Promise<Buffer> {
    const chunks: Buffer[] = []
    for await (const chunk of answer.chunks(this.#parts.peer.limits.maxBufferedBytes)) {
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  }
}

function cancelled(cause: unknown): SourceError {
  return new SourceError(
    { kind: 'cancelled', code: 'E_SOURCE_CANCELLED', message: 'the request was cancelled' },
    { cause }
  )
}
