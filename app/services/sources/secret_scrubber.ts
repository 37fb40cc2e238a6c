import type { JsonValue } from '@laim/sdk'

const MASK = '[redacted]'
/** Shorter values would blank ordinary words; such a secret is no secret. */
const MIN_LENGTH = 4
const MAX_DEPTH = 20

/** Masks the values of one source's secrets, in every form in which a message may carry them. */
export class SecretScrubber {
  readonly #forms: readonly string[]

  /** `companions` are the other settings: a user name and a password travel as one Base64 word. */
  constructor(secrets: readonly string[], companions: readonly string[] = []) {
    const long = secrets.filter((secret) => secret.length >= MIN_LENGTH)
    const forms = long.flatMap((secret) => [
      ...formsOf(secret),
      ...companions.flatMap((companion) => encodings(`${companion}:${secret}`)),
    ])
    // Longest first: a form may contain another.
    this.#forms = [...new Set(forms)].sort((a, b) => b.length - a.length)
  }

  text(text: string): string {
    return this.#forms.reduce((clean, form) => clean.replaceAll(form, MASK), text)
  }

  /** A copy of the value with every string in it masked, keys too. Levels deeper than 20 are dropped. */
  value<T extends JsonValue>(value: T): T {
    return this.#copy(value, 0) as T
  }

  #copy(value: JsonValue, depth: number): JsonValue {
    if (typeof value === 'string') {
      return this.text(value)
    }
    if (typeof value !== 'object' || value === null) {
      return value
    }
    if (depth >= MAX_DEPTH) {
      return null
    }
    if (Array.isArray(value)) {
      return value.map((element) => this.#copy(element, depth + 1))
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, element]) => [this.text(key), this.#copy(element, depth + 1)])
    )
  }
}

function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    ...encodings(secret),
  ]
}

function encodings(text: string): string[] {
  const bytes = Buffer.from(text)
  return [bytes.toString('base64'), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
}
