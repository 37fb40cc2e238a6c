import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SourceError, type Clock, type HttpClient } from '@laim/sdk'
import { openConnections, readAuthorities } from '#services/sources/http/connection_pool'
import { SourceHttpClient } from '#services/sources/http/http_client'
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from '#services/sources/http/limits'
import { createPace } from '#services/sources/http/pace'
import { parseTarget } from '#services/sources/http/target'

/** Registers what has to be done when the test ends, as the test context's `cleanup` does. */
export type Cleanup = (undo: () => Promise<void> | void) => void

export interface Peer {
  readonly url: string
  readonly port: number
  /** What came in, in order. */
  readonly requests: readonly IncomingMessage[]
}

/** An HTTP server on loopback. Handlers answer in turn; the last one stays. */
export async function startPeer(cleanup: Cleanup, ...handlers: RequestListener[]): Promise<Peer> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    handlers[Math.min(requests.length, handlers.length) - 1]?.(request, response)
  })
  const port = await listen(cleanup, server)
  return { url: `http://127.0.0.1:${port}`, port, requests }
}

/** A server that speaks whatever is written to its sockets. */
export async function startTcpPeer(cleanup: Cleanup, onConnection: (socket: Socket) => void): Promise<Peer> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    onConnection(socket)
  })
  const port = await listen(cleanup, server)
  return { url: `http://127.0.0.1:${port}`, port, requests: [] }
}

/** An HTTPS server with one of the test certificates. */
export async function startTlsPeer(cleanup: Cleanup, certificate: string, handler: RequestListener): Promise<Peer> {
  const cert = readFileSync(certificatePath(`${certificate}.pem`))
  const key = readFileSync(certificatePath(`${certificate}.key`))
  const port = await listen(cleanup, createTlsServer({ cert, key }, handler))
  return { url: `https://localhost:${port}`, port, requests: [] }
}

export function certificatePath(name: string): string {
  return fileURLToPath(new URL(`./certificates/${name}`, import.meta.url))
}

export function answerJson(body: unknown, status = 200, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
}

export function answerText(text: string, type: string, status = 200): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(text)
  }
}

/** Notes how long it was asked to sleep, and does not. */
export class FastClock implements Clock {
  readonly waits: number[] = []

  now(): Date {
    return new Date(Date.now() + this.waits.reduce((sum, ms) => sum + ms, 0))
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    this.waits.push(ms)
  }
}

interface ClientOptions {
  readonly limits?: Partial<HttpLimits>
  readonly caFile?: string
  readonly clock?: Clock
  readonly signal?: AbortSignal
}

/** The client of core against a peer, at a thousand requests per second unless told. */
export function openClient(cleanup: Cleanup, url: string, options: ClientOptions = {}): HttpClient {
  const limits = { ...DEFAULT_HTTP_LIMITS, requestsPerSecond: 1000, ...options.limits }
  const clock = options.clock ?? new FastClock()
  const target = parseTarget(url)
  const caSetting = 'ACME_CA_FILE'
  const pool = openConnections(target, limits, options.caFile ? readAuthorities(options.caFile, caSetting) : undefined)
  cleanup(() => pool.destroy())

  return new SourceHttpClient({
    peer: {
      target,
      caSetting,
      limits,
      pool,
      signal: options.signal ?? new AbortController().signal,
      now: () => clock.now(),
      onTraffic: () => {},
    },
    clock,
    pace: createPace(limits.requestsPerSecond),
    onRequest: () => {},
    onRetry: () => {},
  })
}

/** The error a request ends with; fails the test when it does not. */
export async function faultOf(request: Promise<unknown>): Promise<SourceError> {
  const outcome = await request.then(
    () => null,
    (error: unknown) => error
  )
  if (!SourceError.is(outcome)) {
    throw new Error('expected a SourceError', { cause: outcome })
  }
  return outcome
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

async function listen(cleanup: Cleanup, server: Server | TcpServer): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  cleanup(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })
  return (server.address() as AddressInfo).port
}
