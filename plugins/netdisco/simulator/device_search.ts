import { isIPv6 } from 'node:net'
import type { LabDevice } from '@laim/sdk/lab'
import { crash, csv, error, json, type Answer } from './answer.js'
import { toColumns, toComputed, type DeviceColumns } from './device_rows.js'

const DEFAULT_FIELDS = ['ip', 'dns', 'name', 'location', 'model', 'os_ver', 'serial', 'chassis_id']
/** Come as null in each row although nobody asked for them. */
const UNASKED = ['serial', 'chassis_id']
const FILTERS = ['q', 'ip', 'name', 'dns', 'location', 'model', 'os', 'vendor'] as const

export interface SearchOptions {
  readonly now: Date
  readonly wantsJson: boolean
  /** False for servers before 2.102000, which know neither `limit` and `offset` nor `fields`. */
  readonly knowsPaging: boolean
  /** True answers every page with the first. */
  readonly ignoresOffset: boolean
}

/** `GET /api/v1/search/device`. */
export function searchDevices(devices: readonly LabDevice[], query: URLSearchParams, options: SearchOptions): Answer {
  const { knowsPaging, now } = options
  const paging = knowsPaging && query.has('limit') && query.has('offset')
  if (!paging && !FILTERS.some((filter) => query.has(filter))) {
    const message = knowsPaging
      ? 'Missing query - provide "q", a filter parameter, or both "limit" and "offset"'
      : 'Missing query'
    return error(message, 400, '/api/v1/search/device')
  }

  const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset'))]
  if (paging && !(Number.isInteger(limit) && limit >= 0 && Number.isInteger(offset))) return crash()
  const found = devices.filter((device) => matches(device, query)).sort(byDnsAndIp)
  const start = options.ignoresOffset ? 0 : offset
  const part = paging ? found.slice(start, limit === 0 ? undefined : start + limit) : found

  if (!options.wantsJson) return toCsv(part)
  const known = Object.keys(devices[0] ? toColumns(devices[0], now) : {})
  const fields = toFields(query, knowsPaging, known)
  if (known.length > 0 && fields.some((field) => !known.includes(field))) return crash()
  return json(part.map((device) => toRow(device, fields, now)))
}

function toFields(query: URLSearchParams, knowsPaging: boolean, all: readonly string[]): readonly string[] {
  const fields = knowsPaging ? query.get('fields') : null
  if (fields === 'all' || (!fields && query.get('seeallcolumns') === 'true')) return all
  return fields?.split(',') ?? DEFAULT_FIELDS
}

function toRow(device: LabDevice, fields: readonly string[], now: Date): DeviceColumns {
  const columns = toColumns(device, now)
  const row: DeviceColumns = Object.fromEntries(UNASKED.map((field) => [field, null]))
  for (const field of fields) row[field] = columns[field] ?? null
  return { ...row, ...toComputed(device, now) }
}

function matches(device: LabDevice, query: URLSearchParams): boolean {
  const view = device.views.netdisco
  const values: Record<(typeof FILTERS)[number], (wanted: string) => boolean> = {
    ip: (wanted) => isIn(wanted, device),
    q: (wanted) => holds(`${view.ip} ${view.hostname} ${view.sysName} ${view.serial} ${view.location}`, wanted),
    name: (wanted) => holds(view.sysName, wanted),
    dns: (wanted) => holds(view.hostname, wanted),
    location: (wanted) => holds(view.location, wanted),
    model: (wanted) => view.model === wanted,
    os: (wanted) => view.os === wanted,
    vendor: (wanted) => view.vendor === wanted,
  }
  const given = FILTERS.filter((filter) => query.has(filter))
  return given.length === 0 || given.some((filter) => values[filter](query.get(filter) ?? ''))
}

/** Knows the two prefixes of everything, and single addresses. */
function isIn(prefix: string, device: LabDevice): boolean {
  const addresses = toAddresses(device)
  if (prefix === '0.0.0.0/0') return addresses.some((address) => !isIPv6(address))
  if (prefix === '::/0') return addresses.some((address) => isIPv6(address))
  return addresses.includes(prefix.replace(/\/(32|128)$/, ''))
}

/** Every 25th device has an IPv6 alias too, and is then in both prefixes. */
export function toAddresses(device: LabDevice): string[] {
  const { ip } = device.views.netdisco
  return device.id % 25 === 0 ? [ip, `2001:db8:a::${device.id.toString(16)}`] : [ip]
}

function holds(text: string | null, wanted: string): boolean {
  return text?.toLowerCase().includes(wanted.replaceAll('%', '').toLowerCase()) ?? false
}

/** The order of the pages: by DNS name, the nameless last, then by address. */
function byDnsAndIp(left: LabDevice, right: LabDevice): number {
  const [a, b] = [left.views.netdisco, right.views.netdisco]
  if (a.hostname === b.hostname) return a.ip < b.ip ? -1 : 1
  if (a.hostname === null || b.hostname === null) return a.hostname === null ? 1 : -1
  return a.hostname < b.hostname ? -1 : 1
}

function toCsv(devices: readonly LabDevice[]): Answer {
  const header = ['Device', 'Location', '"System Name"', 'Model', '"OS Version"', '"Management IP"', 'Serials']
  return csv([
    header,
    ...devices.map(({ views: { netdisco: view } }) => [
      view.hostname ?? '',
      JSON.stringify(view.location ?? ''),
      JSON.stringify(view.sysName ?? ''),
      view.model ?? '',
      view.version ?? '',
      view.ip,
      view.serial ?? '',
    ]),
  ])
}
