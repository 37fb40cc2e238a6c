import type { IncomingMessage } from 'node:http'
import type { LabDevice } from '@laim/sdk/lab'
import { crash, json, page, refusedKey, roleMissing, type Answer } from './answer.js'
import { describeDevice } from './device_parts.js'
import { searchDevices } from './device_search.js'
import { reportInventory } from './inventory_report.js'
import { Sessions } from './sessions.js'

/** Ways in which the server, or what stands in front of it, can fail. */
export type NetdiscoFault =
  | 'empty'
  | 'half'
  | 'html'
  | 'cut'
  | 'truncated'
  | 'crash'
  | 'crashing_list'
  | 'crashing_report'
  | 'crashing_ports'
  | 'stuck_page'
  | 'short_pages'
  | 'drops_accept'
  | 'drops_authorization'
  | 'refuses_keys'
  | 'role_missing'
  | 'moved'

/** 2.105 pages its list; 2.100 does not; 2.079 has no inventory report either. */
export type NetdiscoRelease = '2.105' | '2.100' | '2.079'

export interface NetdiscoServerOptions {
  readonly devices: readonly LabDevice[]
  readonly release: NetdiscoRelease
  /** Requests after which a key expires. */
  readonly usesPerKey: number
  /** Addresses the user's keys are bound to; the caller's is never one of them. */
  readonly allowedIps: readonly string[]
}

const SEARCH = '/api/v1/search/device'
const REPORT = '/api/v1/report/device/deviceinventory'
const LIST_PATHS = [SEARCH, REPORT]

/** Netdisco's routes over the simulated lab: its shapes, its statuses and its inaccuracies. */
export class NetdiscoServer {
  fault: NetdiscoFault | null = null
  readonly #options: NetdiscoServerOptions
  readonly #sessions: Sessions

  constructor(options: NetdiscoServerOptions) {
    this.#options = options
    this.#sessions = new Sessions(options.usesPerKey)
  }

  /** `url`: path and query below the base path. */
  answer(request: IncomingMessage, url: URL, body: string): Answer {
    if (this.fault === 'crash') return crash()
    if (this.fault === 'html') return page('Sign in', 200, 'text/html')
    if (this.fault === 'moved') {
      return {
        status: 301,
        type: 'text/html',
        body: '',
        location: `https://netdisco.example.org${url.pathname}`,
      }
    }

    const answer = this.#route(request, url, body)
    if (!LIST_PATHS.includes(url.pathname) || answer.status !== 200) return answer
    if (this.fault === 'cut') return { ...answer, isCut: true }
    const half = answer.body.slice(0, answer.body.length / 2)
    return this.fault === 'truncated' ? { ...answer, body: half } : answer
  }

  #route(request: IncomingMessage, url: URL, body: string): Answer {
    const path = url.pathname
    const accept = this.fault === 'drops_accept' ? '' : (request.headers.accept ?? '')
    const wantsJson = accept.includes('json')
    if (path === '/swagger.json') return json(this.#describe())
    if (path === '/login' && request.method === 'POST') {
      return this.#sessions.logIn(request, body, wantsJson, this.#options.allowedIps)
    }
    if (path === '/logout') return json({})
    if (!path.startsWith('/api/v1/') || !isReading(request)) return page('Netdisco', 404)

    const key = this.fault === 'drops_authorization' ? undefined : request.headers.authorization
    if (key && (this.fault === 'refuses_keys' || this.#options.allowedIps.length > 0)) return refusedKey()
    const refusal = this.#sessions.refuse(key, path, wantsJson)
    return refusal ?? this.#read(path, url.searchParams, wantsJson)
  }

  #read(path: string, query: URLSearchParams, wantsJson: boolean): Answer {
    const { release } = this.#options
    const now = new Date()
    if (path === SEARCH) {
      if (this.fault === 'role_missing') return roleMissing(path)
      if (this.fault === 'crashing_list') return crash()
      if (this.fault === 'short_pages') query.set('limit', '10')
      return searchDevices(this.#devices(), query, {
        now,
        wantsJson,
        knowsPaging: release === '2.105',
        ignoresOffset: this.fault === 'stuck_page',
      })
    }
    if (path === REPORT && release !== '2.079') {
      return this.fault === 'crashing_report' ? crash() : json(reportInventory(this.#devices()))
    }
    if (path === '/api/v1/users') return roleMissing(path)
    if (this.fault === 'crashing_ports' && path.endsWith('/ports')) return crash()
    return describeDevice(this.#devices(), path, now) ?? page('Netdisco', 404)
  }

  #devices(): LabDevice[] {
    const listed = this.#options.devices.filter((device) => device.seenBy.netdisco)
    if (this.fault === 'empty') return []
    return this.fault === 'half' ? listed.slice(0, listed.length / 2) : listed
  }

  #describe() {
    const paths = this.#options.release === '2.079' ? [SEARCH] : [SEARCH, REPORT]
    return {
      swagger: '2.0',
      info: { title: 'Netdisco', version: `${this.#options.release}001` },
      paths: Object.fromEntries(paths.map((path) => [path, { get: {} }])),
    }
  }
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD'
}
