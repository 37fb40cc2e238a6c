import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RunningSimulator, SimulatorOptions, SourceSimulator } from '@laim/sdk'
import { makeLab, type LabDevice } from '@laim/sdk/lab'
import type { Answer } from './answer.js'
import { LibrenmsServer, type LibrenmsFault } from './librenms_server.js'

const TOKEN = 'simulated-librenms-token'

export interface LibrenmsSimulatorOptions extends SimulatorOptions {
  /** Default: the lab of the seed. */
  readonly devices?: readonly LabDevice[]
  /** Base path, such as `/librenms`. Default: none. */
  readonly path?: string
  readonly numbersAsText?: boolean
  readonly fault?: LibrenmsFault
}

export interface RunningLibrenms extends RunningSimulator {
  /** `GET /api/v0/devices?…`, in the order they came. */
  readonly requests: readonly string[]
  setFault(fault: LibrenmsFault | null): void
}

/** A simulated LibreNMS on loopback; its token is in `config`. */
export const simulator: SourceSimulator = { start: startLibrenms }

export async function startLibrenms(options: LibrenmsSimulatorOptions = {}): Promise<RunningLibrenms> {
  const { path: basePath = '', host = '127.0.0.1', port = 0 } = options
  const librenms = new LibrenmsServer({
    devices: options.devices ?? makeLab({ seed: options.seed }),
    token: TOKEN,
    numbersAsText: options.numbersAsText ?? false,
  })
  librenms.fault = options.fault ?? null
  const requests: string[] = []

  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    const url = toUrl(request, basePath)
    send(request, response, librenms.answer(request.method ?? 'GET', url, tokenOf(request)))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  server.unref()

  const { port: bound } = server.address() as AddressInfo
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}${basePath}`
  return {
    url,
    config: { baseUrl: url, token: TOKEN },
    requests,
    setFault: (fault) => {
      librenms.fault = fault
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
  const url = new URL(request.url ?? '/', 'http://librenms.invalid')
  const isBelow = url.pathname.startsWith(`${basePath}/`)
  url.pathname = isBelow ? url.pathname.slice(basePath.length) : `/outside${url.pathname}`
  return url
}

/** LibreNMS takes its own header and, through its framework, a bearer token. */
function tokenOf({ headers }: IncomingMessage): string | undefined {
  const own = headers['x-auth-token']
  return typeof own === 'string' ? own : headers.authorization?.replace(/^Bearer /, '')
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body)
  response.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Length': body.length })
  if (request.method === 'HEAD') response.end()
  else if (answer.isCut) response.write(body.subarray(0, body.length / 2), () => response.destroy())
  else response.end(body)
}
