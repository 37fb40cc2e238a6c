import type { HttpAuth, HttpClient } from '@laim/sdk'

export type CredentialHeaders = Awaited<ReturnType<HttpAuth['acquire']>>

/** Credentials that are acquired when first needed and again when they were refused; once for all that wait. */
export class Credentials {
  readonly #auth: HttpAuth
  readonly #http: HttpClient
  #current: Promise<CredentialHeaders> | null = null

  constructor(auth: HttpAuth, http: HttpClient) {
    this.#auth = auth
    this.#http = http
  }

  get(): Promise<CredentialHeaders> {
    if (!this.#current) {
      const acquired = this.#auth.acquire(this.#http)
      this.#current = acquired
      acquired.catch(() => {
        if (this.#current === acquired) this.#current = null
      })
    }
    return this.#current
  }

  /** New credentials in the place of refused ones, unless somebody else renewed them in the meantime. */
  async renew(refused: CredentialHeaders): Promise<CredentialHeaders> {
    if (this.#current && (await this.#current) === refused) {
      this.#current = null
    }
    return this.get()
  }
}
