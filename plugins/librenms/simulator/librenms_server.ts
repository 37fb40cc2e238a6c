import type { LabDevice } from '@laim/sdk/lab'
import { error, frameworkError, json, list, page, type Answer } from './answer.js'
import { PORT_COLUMNS, toDeviceModel, toDeviceRow, toInventory, toPortRow, withNumbersAsText } from './rows.js'

/** Ways in which the server, or what stands in front of it, can fail. */
export type LibrenmsFault =
  | 'empty'
  | 'half'
  | 'html'
  | 'cut'
  | 'truncated'
  | '500'
  | 'not_ok'
  | 'count_differs'
  | 'forbidden'
  | 'ports_500'
  | 'ports_cut'
  | 'ports_forbidden'
  | 'all_ports_500'
  | 'inventory_500'
  | 'inventory_denied'

export interface LibrenmsServerOptions {
  readonly devices: readonly LabDevice[]
  readonly token: string
  /** True for old database drivers. */
  readonly numbersAsText: boolean
}

const NO_ROUTE = "This API route doesn't exist."

/** LibreNMS's routes over the simulated lab: its shapes, its statuses, its error bodies. */
export class LibrenmsServer {
  fault: LibrenmsFault | null = null
  readonly #options: LibrenmsServerOptions

  constructor(options: LibrenmsServerOptions) {
    this.#options = options
  }

  /** `url`: path and query below the base path. */
  answer(method: string, url: URL, token: string | undefined): Answer {
    if (this.fault === '500') return frameworkError(500, 'Server Error')
    if (this.fault === 'html') return page('LibreNMS')
    if (!url.pathname.startsWith('/api/v0/')) return error(404, NO_ROUTE)
    if (token !== this.#options.token) return frameworkError(401, 'Unauthenticated.')
    if (method !== 'GET' && method !== 'HEAD') return error(404, NO_ROUTE)

    const [name = '', ...rest] = url.pathname.slice('/api/v0/'.length).split('/')
    if (name === 'ping' && rest.length === 0) return json({ message: 'pong' })
    if (name === 'system' && rest.length === 0) return list('system', [SYSTEM], true)
    if (this.fault === 'forbidden') return frameworkError(403, 'This action is unauthorized.')
    if (name === 'devices') return this.#devices(rest, url.searchParams)
    if (name === 'ports' && rest.length === 0) return this.#ports(url.searchParams)
    if (name === 'inventory') return this.#inventory(rest)
    return error(404, NO_ROUTE)
  }

  #devices([id, part, ...more]: readonly string[], query: URLSearchParams): Answer {
    if (id === undefined) return this.#damage(this.#deviceList(query))
    const device = this.#find(id)
    if (more.length > 0 || (part !== undefined && part !== 'ports')) return error(404, NO_ROUTE)
    if (!device) return error(404, `Device ${id} does not exist`)
    return part ? this.#portsOf(device, query) : list('devices', [toDeviceModel(device)], true)
  }

  #deviceList(query: URLSearchParams): Answer {
    const order = query.get('order')
    if (order !== null && !/^[A-Za-z_]+( (?:asc|desc))?$/.test(order)) {
      return frameworkError(500, 'Server Error')
    }
    const rows = this.#listed().map((device) => this.#toRow(toDeviceRow(device)))
    const answer = { status: 'ok', devices: rows, count: rows.length }
    if (this.fault === 'not_ok') return json({ ...answer, status: 'error' })
    return json(this.fault === 'count_differs' ? { ...answer, count: rows.length + 1 } : answer)
  }

  #ports(query: URLSearchParams): Answer {
    if (this.fault === 'ports_500' || this.fault === 'all_ports_500') {
      return frameworkError(500, 'Server Error')
    }
    if (this.fault === 'ports_forbidden') return frameworkError(403, 'This action is unauthorized.')
    const columns = readColumns(query, 'port_id,ifName')
    if (!Array.isArray(columns)) return columns
    const rows = this.#listed().flatMap((device) =>
      device.interfaces.map((port) => this.#toRow(toPortRow(device, port, columns)))
    )
    const answer = list('ports', rows, false)
    return this.fault === 'ports_cut' ? { ...answer, isCut: true } : this.#damage(answer)
  }

  #portsOf(device: LabDevice, query: URLSearchParams): Answer {
    if (this.fault === 'all_ports_500') return frameworkError(500, 'Server Error')
    const columns = readColumns(query, 'ifName')
    if (!Array.isArray(columns)) return columns
    if (device.interfaces.length === 0) return error(404, 'No ports found')
    const rows = device.interfaces.map((port) => this.#toRow(toPortRow(device, port, columns)))
    return list('ports', rows, false)
  }

  /** Without `/all` only the outermost rows come: stack members lie deeper. */
  #inventory([id = '', scope, ...more]: readonly string[]): Answer {
    if (more.length > 0 || (scope !== undefined && scope !== 'all')) return error(404, NO_ROUTE)
    if (this.fault === 'inventory_500') return frameworkError(500, 'Server Error')
    if (this.fault === 'inventory_denied') {
      return error(403, 'Insufficient permissions to access this device')
    }
    const device = this.#find(id)
    if (!device) return error(400, 'Invalid device provided')
    const rows = toInventory(device)
    const shown = scope === 'all' ? rows : rows.filter((row) => row.entPhysicalContainedIn === 0)
    return list('inventory', shown, true)
  }

  #damage(answer: Answer): Answer {
    if (this.fault === 'cut') return { ...answer, isCut: true }
    const half = answer.body.slice(0, answer.body.length / 2)
    return this.fault === 'truncated' ? { ...answer, body: half } : answer
  }

  #listed(): LabDevice[] {
    const listed = this.#options.devices.filter((device) => device.seenBy.librenms)
    if (this.fault === 'empty') return []
    return this.fault === 'half' ? listed.slice(0, listed.length / 2) : listed
  }

  #find(id: string): LabDevice | undefined {
    return this.#listed().find((device) => String(device.id) === id)
  }

  #toRow(row: object): object {
    return this.#options.numbersAsText ? withNumbersAsText(row) : row
  }
}

const SYSTEM = {
  local_ver: '26.8.0',
  local_sha: '0367517c',
  local_date: '1786665600',
  local_branch: 'master',
  db_schema: 'add_device_features (400)',
  php_ver: '8.4.11',
  database_ver: 'MariaDB 11.8.2',
}

/** Unknown names are refused; names with a space pass the test and break the query, as in the real server. */
function readColumns(query: URLSearchParams, otherwise: string): string[] | Answer {
  const columns = (query.get('columns') ?? otherwise).split(',')
  const unknown = columns.filter((column) => !PORT_COLUMNS.has(column.trim()))
  if (unknown.length > 0) return error(400, `Invalid columns: ${unknown.join(', ')}`)
  const isBroken = columns.some((column) => column !== column.trim())
  return isBroken ? frameworkError(500, 'Server Error') : columns
}
