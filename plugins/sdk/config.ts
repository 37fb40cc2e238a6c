import type { Validator } from './validator.ts'

/**
 * The settings one instance of a source needs, and how they are checked. Two keys have a meaning for core, which
 * builds the HTTP client from them: `baseUrl` (http or https, a path is allowed; an instance without it is "not
 * configured") and `caFile` (path of a PEM file with the authorities to trust). Others are the plugin's own.
 */
export interface SourceConfigDefinition<C extends object> {
  /** A compiled Vine validator over plain values. Forms and JSON Schema are derived from `toJSONSchema()`. */
  readonly validator: Validator<Record<string, unknown>>
  /** Top-level keys that hold secrets: never shown, wrapped in `Secret` before the plugin sees them. */
  readonly secrets: readonly (keyof C & string)[]
  /** Environment variable of each key, named in the messages an administrator reads. */
  readonly env?: Readonly<Partial<Record<keyof C & string, string>>>
  /** Two instances with the same fingerprint are refused (the same controller added twice). No secrets in it. */
  fingerprint(config: Readonly<C>): string
  migrate?(fromVersion: number, stored: unknown): unknown
}
