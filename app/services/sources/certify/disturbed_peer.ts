import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { type BenchPeer, type PeerFault } from '@laim/sdk/testing'

export interface DisturbedPeer extends BenchPeer {
  /** The address of the peer behind it, with this one's host and port. */
  readonly url: string
  stop(): Promise<void>
}

/** Stands before a stand-in on loopback: passes requests on, or answers as a sick server would. */
export async function startDisturbedPeer(behind: string): Promise<DisturbedPeer> {
  const target = new URL(behind)
  const peer = { fault: null as PeerFault | null, faultAfter: 0, requests: [] as string[] }
  const server = createServer((request, response) => {
    peer.requests.push(`${request.method} ${request.url}`)
    if (peer.fault !== null && peer.faultAfter <= 0) {
      disturb(peer.fault, response)
      return
    }
    peer.faultAfter -= 1
    passOn(target, request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const url = new URL(behind)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(peer, {
    url: url.href.replace(/\/$/, ''),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

function passOn({ hostname, port }: URL, request: IncomingMessage, response: ServerResponse): void {
  const { method, url: path, headers } = request
  const passed = ask({ hostname, port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  passed.on('error', () => response.destroy())
  request.pipe(passed)
}

function disturb(fault: PeerFault, response: ServerResponse): void {
  const send = (status: number, type: string, body: string) => {
    response.writeHead(status, { 'Content-Type': type }).end(body)
  }
  switch (fault) {
    case 'refuse':
      return send(401, 'application/json', '{"error": "unauthorized"}')
    case 'forbid':
      return send(403, 'application/json', '{"error": "forbidden"}')
    case 'fail':
      return send(500, 'application/json', '{"error": "internal"}')
    case 'html':
      return send(200, 'text/html', '<!DOCTYPE html><title>Sign in</title>')
    case 'truncate':
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
      response.write('[{"id": 1, "na', () => response.destroy())
      return
    case 'hang_up':
      response.destroy()
  }
}
