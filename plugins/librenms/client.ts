import { SourceError, type HttpClient, type JsonObject } from '@laim/sdk'
import type { LibrenmsConfig } from './config.js'
import { countDiffers, envelopeSaysError, mayNotRead, notFound, tokenRefused, unexpectedShape } from './errors.js'

const DEVICES = '/api/v0/devices'
const PORTS = '/api/v0/ports'
/** No spaces: LibreNMS accepts them here and sends them to its database as they are. */
const PORT_COLUMNS = 'ifIndex,ifName,ifType,ifPhysAddress'

/** Speaks LibreNMS's API v0: success is status 200, `"status": "ok"` and an array under the expected name. */
export class LibrenmsClient {
  readonly #http: HttpClient
  readonly #headers: { readonly 'x-auth-token': LibrenmsConfig['token']; readonly 'accept': string }

  constructor(http: HttpClient, config: Readonly<LibrenmsConfig>) {
    this.#http = http
    this.#headers = { 'x-auth-token': config.token, 'accept': 'application/json' }
  }

  /**
   * Every device, in one streamed answer; each with all its columns, SNMP secrets among them. LibreNMS builds the whole
   * list in memory before it sends the first byte.
   */
  devices(timeoutMs?: number): AsyncGenerator<unknown> {
    return this.#stream(DEVICES, 'devices', { order: 'device_id' }, timeoutMs)
  }

  /** Every port of every device, in one streamed answer and in no order. */
  ports(): AsyncGenerator<unknown> {
    return this.#stream(PORTS, 'ports', { columns: `device_id,${PORT_COLUMNS}` })
  }

  portsOf(deviceId: string): Promise<unknown[]> {
    return this.#listOf(`${DEVICES}/${deviceId}/ports`, 'ports', { columns: PORT_COLUMNS })
  }

  /** The ENTITY-MIB rows of a device, also those inside others (`/all`): stack members are. */
  inventory(deviceId: string): Promise<unknown[]> {
    return this.#listOf(`/api/v0/inventory/${deviceId}/all`, 'inventory')
  }

  async ping(): Promise<void> {
    const path = '/api/v0/ping'
    const body = await this.#json(path)
    if (body.message !== 'pong') throw unexpectedShape(path, 'message')
  }

  /** Version of LibreNMS; null when it does not tell. */
  async version(): Promise<string | null> {
    const { system } = await this.#json('/api/v0/system')
    const [first] = Array.isArray(system) ? system : []
    const version = toRecord(first).local_ver
    return typeof version === 'string' ? version : null
  }

  /** The envelope's other fields are known when the answer has ended. */
  async *#stream(
    path: string,
    name: string,
    query: Record<string, string>,
    timeoutMs?: number
  ): AsyncGenerator<unknown> {
    const request = { path, query, headers: this.#headers, timeoutMs }
    let envelope: JsonObject | null = null
    let received = 0
    try {
      for await (const row of this.#http.items(request, name, (fields) => (envelope = fields))) {
        received++
        yield row
      }
    } catch (error) {
      throw explain(error, path)
    }
    if (envelope) assertEnvelope(envelope, path, received)
  }

  /** A list that belongs to one device. LibreNMS answers "none" and "no such device" with 404 and an envelope. */
  async #listOf(path: string, name: string, query?: Record<string, string>): Promise<unknown[]> {
    const body = await this.#json(path, query, [400, 404])
    if (body.status === 'error') return []
    if (body.status !== 'ok') throw envelopeSaysError(path)
    const list = body[name]
    if (!Array.isArray(list)) throw unexpectedShape(path, name)
    return list
  }

  async #json(
    path: string,
    query?: Record<string, string>,
    accept?: readonly number[]
  ): Promise<Record<string, unknown>> {
    try {
      const { body } = await this.#http.json({ path, query, accept, headers: this.#headers })
      return toRecord(body)
    } catch (error) {
      throw explain(error, path)
    }
  }
}

function assertEnvelope({ status, count }: JsonObject, path: string, received: number): void {
  if (status !== 'ok') throw envelopeSaysError(path)
  const counted = Number(count ?? received)
  if (counted !== received) throw countDiffers(path, counted, received)
}

/** Says what to fix where the plugin knows more than the HTTP client. */
function explain(error: unknown, path: string): unknown {
  if (!SourceError.is(error) || error.code.startsWith('E_LIBRENMS_')) return error
  if (error.kind === 'auth') return tokenRefused(error)
  if (error.kind === 'permission') return mayNotRead(path, error)
  return error.code === 'E_SOURCE_NOT_FOUND' ? notFound(path, error) : error
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
