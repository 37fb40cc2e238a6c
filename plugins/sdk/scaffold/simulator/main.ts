import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RunningSimulator, SimulatorOptions, SourceSimulator } from '@laim/sdk'

const TOKEN = 'simulated-example-token'
const DEVICES = 60

/** A simulated Example on loopback; its token is in `config`. */
export const simulator: SourceSimulator = { start: startExample }

async function startExample({ host = '127.0.0.1', port = 0 }: SimulatorOptions = {}): Promise<RunningSimulator> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://example.invalid')
    const isKnown = request.headers['x-auth-token'] === TOKEN
    const isList = request.method === 'GET' && pathname === '/api/devices'
    const status = isKnown ? (isList ? 200 : 404) : 401
    const body = status === 200 ? { devices: devicesAfter(searchParams) } : { error: 'no' }
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  server.unref()
  const url = `http://${host}:${(server.address() as AddressInfo).port}`
  return {
    url,
    config: { baseUrl: url, token: TOKEN },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function devicesAfter(query: URLSearchParams) {
  const after = Number(query.get('after') ?? 0)
  return Array.from({ length: DEVICES }, (_, index) => ({
    id: index + 1,
    name: `example-${index + 1}.lab.example`,
    serial: `EXM${String(4711 + index * 7)}X`,
    model: 'Example 4000',
  }))
    .filter(({ id }) => id > after)
    .slice(0, Number(query.get('limit') ?? DEVICES))
}
