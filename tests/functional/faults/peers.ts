import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The kinds of system that the built-in plugins read. */
export type PeerName = 'librenms' | 'netdisco'
export const PEERS: PeerName[] = ['librenms', 'netdisco']

/** A device in words that both systems have; more columns in `raw`. */
export interface PeerDevice {
  readonly id: number
  readonly ip: unknown
  readonly hostname: unknown
  readonly serial?: unknown
  readonly mac?: unknown
  readonly model?: unknown
  readonly raw?: Record<string, unknown>
}

/** Answers a request in place of the peer; undefined lets the peer answer. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => unknown

/** Where a device list is read from. */
const LIST_PATHS: Record<PeerName, string> = {
  librenms: '/api/v0/devices',
  netdisco: '/api/v1/search/device',
}

/** An outside system on loopback that lists what a test says, and misbehaves as it says. */
export class Peer {
  devices: readonly PeerDevice[] = []
  fault: Fault | null = null
  /** Method and path of every request. */
  readonly requests: string[] = []
  readonly #server

  constructor(readonly name: PeerName) {
    this.#server = createServer((request, response) => this.handle(request, response))
    this.#server.unref()
  }

  /** Answers a request, whichever server it came in by. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(`${request.method} ${request.url}`)
    request.resume()
    if (this.fault?.(request, response) === undefined) {
      send(response, this.#answer(new URL(request.url ?? '/', 'http://peer.invalid')))
    }
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** How often the device list was asked for. */
  get listings(): number {
    return this.requests.filter((request) => isList(this.name, request.split(' ')[1]!)).length
  }

  #answer({ pathname, searchParams }: URL): unknown {
    if (this.name === 'librenms') {
      const rows = this.devices.map(toLibrenms)
      return pathname === LIST_PATHS.librenms
        ? { status: 'ok', devices: rows, count: rows.length }
        : { status: 'ok', ports: this.devices.map(toPort), inventory: [], count: this.devices.length }
    }
    if (pathname === '/login') {
      return { api_key: 'key-of-the-test' }
    }
    const offset = Number(searchParams.get('offset') ?? 0)
    const limit = Number(searchParams.get('limit') ?? 500)
    return pathname === LIST_PATHS.netdisco ? this.devices.map(toNetdisco).slice(offset, offset + limit) : []
  }
}

/** True for the path (and query) of the device list. */
export function isList(name: PeerName, url: string | undefined): boolean {
  return url?.split('?')[0] === LIST_PATHS[name]
}

/** Lets a fault happen to the device list only; everything else is answered well. */
export function onList(name: PeerName, fault: (response: ServerResponse, count: number) => unknown): Fault {
  let count = 0
  return (request, response) => {
    if (!isList(name, request.url)) {
      return undefined
    }
    count += 1
    return fault(response, count)
  }
}

/** Answers with a status, and a body that nobody should repeat. */
export function status(response: ServerResponse, code: number, headers: Record<string, string> = {}): true {
  response.writeHead(code, { 'content-type': 'text/plain', ...headers })
  response.end('internals-of-the-peer')
  return true
}

/** Answers the list with this text as it is. */
export function body(response: ServerResponse, text: string | Buffer, headers: Record<string, string> = {}): true {
  response.writeHead(200, { 'content-type': 'application/json', ...headers })
  response.end(text)
  return true
}

/** The text of a device list in the peer's shape. */
export function listOf(name: PeerName, devices: readonly PeerDevice[]): string {
  return JSON.stringify(
    name === 'librenms'
      ? { status: 'ok', devices: devices.map(toLibrenms), count: devices.length }
      : devices.map(toNetdisco)
  )
}

function send(response: ServerResponse, answer: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(answer))
}

function toLibrenms({ id, ip, hostname, serial, model, raw }: PeerDevice) {
  return { device_id: id, hostname: ip, ip, sysName: hostname, serial, hardware: model, os: 'ios', status: 1, ...raw }
}

function toNetdisco({ ip, hostname, serial, mac, model, raw }: PeerDevice) {
  return { ip, dns: null, name: hostname, serial, mac, model, vendor: 'cisco', layers: '00000010', ...raw }
}

function toPort({ id, mac }: PeerDevice) {
  return { device_id: id, ifIndex: 1, ifName: 'Gi0/1', ifType: 'ethernetCsmacd', ifPhysAddress: mac ?? null }
}
