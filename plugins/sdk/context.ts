import type { HttpClient } from './http.ts'
import type { JsonObject } from './json.ts'

/** All that a plugin is given; it has no other way out. */
export interface SourceContext<C extends object> {
  readonly source: { readonly id: string; readonly name: string; readonly pluginId: string }
  /** null during a check. */
  readonly run: { readonly id: string; readonly attempt: number } | null
  readonly config: Readonly<C>
  readonly http: HttpClient
  readonly log: SourceLogger
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly progress: (update: { readonly phase: string; readonly done?: number; readonly total?: number }) => void
  readonly normalize: Normalizers
}

export interface Clock {
  now(): Date
  /** Milliseconds. Rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Lines of the source's log; the values of its secrets are masked in them. */
export interface SourceLogger {
  debug(message: string, fields?: JsonObject): void
  info(message: string, fields?: JsonObject): void
  warn(message: string, fields?: JsonObject): void
  error(message: string, fields?: JsonObject & { err?: never }, cause?: unknown): void
}

/** Take anything an API may answer; never throw. */
export interface Normalizers {
  /** Canonical `aabbccddeeff`, or null for junk (all-zero, broadcast, multicast, malformed). */
  mac(value: unknown): string | null
  /** The serial as it is shown, or null for junk and placeholders. */
  serial(value: unknown): string | null
  hostname(value: unknown): string | null
  ip(value: unknown): string | null
  /** One clean line of at most `max` (255) characters; undefined when nothing is left. */
  text(value: unknown, max?: number): string | undefined
}
