import { Secret } from '@adonisjs/core/helpers'
import { SourceError, type HttpClient, type HttpRequest, type HttpResponse } from '@laim/sdk'
import { assertNoRedirect, parseJson, readErrorText, readList, TOLD_STATUSES } from './answers.js'
import type { NetdiscoConfig } from './config.js'
import { crashed, keyRefused, loginRefused, notFound, unexpectedShape } from './errors.js'
import { DEVICE_FIELDS } from './schema.js'

/** Rows of one page of the device list. */
export const LIST_LIMIT = 500

/** The two prefixes that together hold every address: how older servers list all devices. */
export const ALL_PREFIXES = ['0.0.0.0/0', '::/0'] as const

const SEARCH = '/api/v1/search/device'
const INVENTORY = '/api/v1/report/device/deviceinventory'
/** Without it Netdisco answers the same request with CSV or a web page, and with status 200. */
const ACCEPT = { accept: 'application/json' }

/** Speaks Netdisco's REST API: a key got by logging in, lists that are checked to be lists. */
export class NetdiscoClient {
  readonly #http: HttpClient
  readonly #keyed: HttpClient
  readonly #config: Readonly<NetdiscoConfig>
  #keyIsBound = false

  constructor(http: HttpClient, config: Readonly<NetdiscoConfig>) {
    this.#http = http
    this.#config = config
    this.#keyed = http.withAuth({
      acquire: async (plain) => ({
        authorization: new Secret(`Apikey ${await this.logIn(plain)}`),
      }),
    })
  }

  /**
   * One page of the device list. Null when the server is older than 2.102000: it knows no paging and
   * answers 400 to a search without a filter.
   */
  async listDevices(offset: number, limit: number = LIST_LIMIT): Promise<unknown[] | null> {
    const answer = await this.#get(SEARCH, {
      limit,
      offset,
      fields: DEVICE_FIELDS.join(','),
    })
    if (answer.status === 400 && readErrorText(answer)?.includes('Missing query')) return null
    return readList(answer, SEARCH)
  }

  /** Every device with an interface in the prefix, all columns: the way of servers without paging. */
  async listPrefix(prefix: string): Promise<unknown[]> {
    return readList(await this.#get(SEARCH, { ip: prefix, seeallcolumns: 'true' }), SEARCH)
  }

  /** One row for each chassis of the estate. Null when the server has no such report (before 2.080000). */
  async inventory(): Promise<unknown[] | null> {
    const answer = await this.#get(INVENTORY)
    return answer.status === 404 ? null : readList(answer, INVENTORY)
  }

  /** All ports of a device; none when Netdisco has meanwhile forgotten the device. */
  ports(ip: string): Promise<unknown[]> {
    return this.#listOf(ip, 'ports')
  }

  /** All modules of a device; none when Netdisco has meanwhile forgotten the device. */
  modules(ip: string): Promise<unknown[]> {
    return this.#listOf(ip, 'modules')
  }

  /** Version the server gives in its API description; null when it gives none. Needs no login. */
  async version(): Promise<string | null> {
    const path = '/swagger.json'
    const answer = await this.#ask(this.#http, { path, accept: TOLD_STATUSES })
    assertNoRedirect(answer, path)
    if (answer.status === 404) return null
    const info = toRecord(toRecord(parseJson(answer, path)).info)
    return typeof info.version === 'string' && info.version !== '0' ? info.version : null
  }

  /**
   * Logs in by form body: Netdisco cuts a password given by Basic authentication at its colons. The key
   * lives an hour from the last login; a second login while it lives gives the same one.
   */
  async logIn(http: HttpClient = this.#http): Promise<string> {
    const path = '/login'
    const { username, password } = this.#config
    const answer = await this.#ask(http, {
      method: 'POST',
      path,
      body: new URLSearchParams({ username, password: password.release() }),
      idempotent: true,
      accept: [...TOLD_STATUSES, 401],
    })
    assertNoRedirect(answer, path)
    if (answer.status === 401) throw loginRefused()
    if (answer.status === 404) throw notFound(path)

    const body = toRecord(parseJson(answer, path))
    this.#keyIsBound = Array.isArray(body.allowed_ips) && body.allowed_ips.length > 0
    if (typeof body.api_key !== 'string') throw unexpectedShape(path, answer.status, 'a key')
    return body.api_key
  }

  async #listOf(ip: string, kind: 'ports' | 'modules'): Promise<unknown[]> {
    const path = `/api/v1/object/device/${encodeURIComponent(ip)}/${kind}`
    const answer = await this.#get(path)
    if (answer.status === 404 && readErrorText(answer) === 'Bad Device') return []
    return readList(answer, path)
  }

  #get(path: string, query?: HttpRequest['query']): Promise<HttpResponse<string>> {
    return this.#ask(this.#keyed, {
      path,
      query,
      accept: TOLD_STATUSES,
    })
  }

  /** Sends a request and says in Netdisco's terms what the HTTP client can only say in general ones. */
  async #ask(http: HttpClient, request: HttpRequest): Promise<HttpResponse<string>> {
    try {
      return await http.text({ ...request, headers: ACCEPT })
    } catch (error) {
      if (!SourceError.is(error) || error.code.startsWith('E_NETDISCO_')) throw error
      if (error.kind === 'auth') throw keyRefused(this.#keyIsBound, error)
      if (error.detail?.status === 500) throw crashed(request.path, error)
      throw error
    }
  }
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
