import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RunningSimulator, SimulatorOptions, SourceSimulator } from '@laim/sdk'
import { makeLab, type LabDevice } from '@laim/sdk/lab'
import type { Answer } from './answer.js'
import { NetdiscoServer, type NetdiscoFault, type NetdiscoRelease } from './netdisco_server.js'
import { PASSWORD, USERNAME } from './sessions.js'

export interface NetdiscoSimulatorOptions extends SimulatorOptions {
  /** Default: the lab of the seed. */
  readonly devices?: readonly LabDevice[]
  /** Default `2.105`, the newest. */
  readonly release?: NetdiscoRelease
  /** Base path, such as `/netdisco`. Default: none. */
  readonly path?: string
  readonly usesPerKey?: number
  readonly allowedIps?: readonly string[]
  readonly fault?: NetdiscoFault
}

export interface RunningNetdisco extends RunningSimulator {
  /** `GET /api/v1/search/device?…`, in the order they came. */
  readonly requests: readonly string[]
  setFault(fault: NetdiscoFault | null): void
}

/** A simulated Netdisco on loopback; its account is in `config`. */
export const simulator: SourceSimulator = { start: startNetdisco }

export async function startNetdisco(options: NetdiscoSimulatorOptions = {}): Promise<RunningNetdisco> {
  const { path: basePath = '', host = '127.0.0.1', port = 0 } = options
  const netdisco = new NetdiscoServer({
    devices: options.devices ?? makeLab({ seed: options.seed }),
    release: options.release ?? '2.105',
    usesPerKey: options.usesPerKey ?? Number.POSITIVE_INFINITY,
    allowedIps: options.allowedIps ?? [],
  })
  netdisco.fault = options.fault ?? null
  const requests: string[] = []

  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    readBody(request)
      .then((body) => {
        const url = toUrl(request, basePath)
        send(request, response, netdisco.answer(request, url, body))
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  server.unref()
  server.on('connection', (socket) => socket.unref())

  const url = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}${basePath}`
  return {
    url,
    config: { baseUrl: url, username: USERNAME, password: PASSWORD },
    requests,
    setFault: (fault) => {
      netdisco.fault = fault
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A path outside the base path stays as it is and is found nowhere. */
function toUrl(request: IncomingMessage, basePath: string): URL {
  const url = new URL(request.url ?? '/', 'http://netdisco.invalid')
  const isBelow = url.pathname.startsWith(`${basePath}/`)
  url.pathname = isBelow ? url.pathname.slice(basePath.length) : `/outside${url.pathname}`
  return url
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** The session cookie comes with every answer, and means nothing under `/api`. */
function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body)
  response.writeHead(answer.status, {
    'Content-Length': body.length,
    ...(answer.type && {
      'Content-Type': answer.type,
      'Set-Cookie': 'dancer.session=opaque; path=/; HttpOnly',
    }),
    ...(answer.location && { Location: answer.location }),
  })
  if (request.method === 'HEAD') response.end()
  else if (answer.isCut) response.write(body.subarray(0, body.length / 2), () => response.destroy())
  else response.end(body)
}
