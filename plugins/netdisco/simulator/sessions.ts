import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { error, json, page, refusedKey, type Answer } from './answer.js'

export const USERNAME = 'laim'
/** With a colon on purpose: Basic authentication cuts it there, the form does not. */
export const PASSWORD = 'simul:ated'

/** Login and the keys it gives. */
export class Sessions {
  readonly #usesPerKey: number
  #generation = 0
  #usesLeft: number

  /** `usesPerKey`: requests after which a key expires; Infinity for the whole life of the server. */
  constructor(usesPerKey: number) {
    this.#usesPerKey = usesPerKey
    this.#usesLeft = usesPerKey
  }

  /** `POST /login`: a key while JSON is accepted, otherwise the way of a browser. */
  logIn(request: IncomingMessage, body: string, wantsJson: boolean, allowedIps: readonly string[]): Answer {
    const [username, password] = readCredentials(request, body)
    const isRight = username.toLowerCase() === USERNAME && password === PASSWORD
    if (!wantsJson) return isRight ? toInventory() : page('Netdisco', 200, 'text/html; charset=utf-8')
    if (!isRight) return json({ error: 'authentication failed' }, 401)

    if (this.#usesLeft <= 0) this.#renew()
    const bound = allowedIps.length > 0 ? { allowed_ips: allowedIps } : {}
    return json({ api_key: this.#key(), permanent: false, ...bound })
  }

  /** Null when the request carries a live key. */
  refuse(authorization: string | undefined, path: string, wantsJson: boolean): Answer | null {
    if (!authorization) {
      return wantsJson ? error('not authorized', 401, path) : page('Netdisco', 200)
    }
    const [scheme = '', key = scheme] = authorization.split(' ')
    const isScheme = key === scheme || ['apikey', 'bearer'].includes(scheme.toLowerCase())
    if (!isScheme || key !== this.#key() || this.#usesLeft <= 0) return refusedKey()
    this.#usesLeft--
    return null
  }

  #renew(): void {
    this.#generation++
    this.#usesLeft = this.#usesPerKey
  }

  #key(): string {
    return createHash('md5').update(`key ${this.#generation}`).digest('hex')
  }
}

function readCredentials(request: IncomingMessage, body: string): [username: string, password: string] {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (basic) {
    const [username = '', password = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':')
    return [username, password]
  }
  const form = new URLSearchParams(body)
  return [form.get('username') ?? '', form.get('password') ?? '']
}

function toInventory(): Answer {
  return { status: 302, type: 'text/html; charset=utf-8', body: '', location: '/inventory' }
}
