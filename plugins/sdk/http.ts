import type { Secret } from '@adonisjs/core/helpers'
import type { JsonObject, JsonValue } from './json.ts'
import type { Validator } from './validator.ts'

export interface HttpRequest {
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'HEAD'
  /** Relative to the instance's base URL (its path included); an absolute URL of another origin is refused. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly headers?: Readonly<Record<string, string | Secret<string>>>
  readonly body?: JsonValue | URLSearchParams
  /** POSTs are retried only when true (login calls may be). */
  readonly idempotent?: boolean
  /** Deadline of one try, body included. */
  readonly timeoutMs?: number
  /** Statuses to return instead of throwing, e.g. `[404]`. */
  readonly accept?: readonly number[]
}

export interface HttpResponse<T> {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: T
}

/** Speaks to one origin; retries, paces, caps and explains. Throws SourceError only. */
export interface HttpClient {
  json<T = unknown>(request: HttpRequest, shape?: Validator): Promise<HttpResponse<T>>
  text(request: HttpRequest): Promise<HttpResponse<string>>
  /**
   * Streams the elements of one array inside a large JSON body (`devices`, `data.items`, `''` for the root).
   * `onEnvelope` is told the plain values of the outermost object (`status`, `count`) once the body has ended.
   */
  items<T = unknown>(
    request: HttpRequest,
    arrayPath: string,
    onEnvelope?: (fields: JsonObject) => void
  ): AsyncIterable<T>
  /** Derived client that adds credentials and, on one 401, renews them and repeats the request once. */
  withAuth(auth: HttpAuth): HttpClient
}

/** Gets the headers that prove who is asking; called again when they are refused. */
export interface HttpAuth {
  acquire(http: HttpClient): Promise<Readonly<Record<string, string | Secret<string>>>>
}
