import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Row = Record<string, unknown>

/** A device as LibreNMS discovered it, with the rows that its API keeps elsewhere. */
export interface RealDevice extends Row {
  readonly device_id: number
  readonly serial: string | null
  readonly ports: readonly Row[]
  readonly inventory: readonly Row[]
}

/** What LibreNMS sends with every device; the recordings had them removed. */
const SECRETS = {
  community: 'canary-community',
  authname: 'canary-user',
  authpass: 'canary-auth-pass',
  cryptopass: 'canary-crypto-pass',
}

export const TOKEN = 'token-of-the-recordings'

/** One device a line. */
export function readDevices(file: string): RealDevice[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as RealDevice)
}

/** Serves recorded devices in the shapes of LibreNMS's API v0. */
export async function serveDevices(devices: readonly RealDevice[]) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    const url = new URL(request.url ?? '/', 'http://librenms.invalid')
    const isAllowed = request.headers['x-auth-token'] === TOKEN
    const body = isAllowed ? answer(devices, url) : { message: 'Unauthenticated.' }
    response.writeHead(isAllowed ? 200 : 401, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(body, null, 4))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: requests as readonly string[],
    stop: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function answer(devices: readonly RealDevice[], url: URL): Row {
  const [name, id] = url.pathname.slice('/api/v0/'.length).split('/')
  if (name === 'devices') {
    return { status: 'ok', devices: devices.map(toListRow), count: devices.length }
  }
  if (name === 'ports') {
    const columns = (url.searchParams.get('columns') ?? '').split(',')
    const rows = devices.flatMap((device) => device.ports.map((port) => pick(device, port, columns)))
    return { status: 'ok', ports: rows }
  }
  const rows = devices.find((device) => String(device.device_id) === id)?.inventory ?? []
  return { status: 'ok', inventory: rows, count: rows.length }
}

/** Without the parts that have routes of their own and the notes of the recordings. */
function toListRow(device: RealDevice): Row {
  const columns = Object.entries(device).filter(
    ([name]) => !name.startsWith('_') && !['ports', 'inventory', 'ip_addresses'].includes(name)
  )
  return { ...Object.fromEntries(columns), ...SECRETS }
}

function pick(device: RealDevice, port: Row, columns: readonly string[]): Row {
  const row: Row = { ...port, device_id: device.device_id }
  return Object.fromEntries(columns.map((column) => [column, row[column]]))
}
