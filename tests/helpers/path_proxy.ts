import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'

/**
 * A reverse proxy on loopback that other applications share: it hands on what lies below one path, unchanged, and answers
 * 404 to everything else.
 */
export class PathProxy {
  /** What was asked for outside the path. */
  readonly strays: string[] = []
  /** Port of the application behind it. */
  target = 0
  readonly #path: string
  readonly #server: Server

  private constructor(path: string) {
    this.#path = path
    this.#server = createServer((incoming, answer) => this.#handOn(incoming, answer))
  }

  static async start(path: string): Promise<PathProxy> {
    const proxy = new PathProxy(path)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #handOn(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, url, headers } = incoming
    const path = url!.split('?', 1)[0]!
    if (path !== this.#path && !path.startsWith(`${this.#path}/`)) {
      this.strays.push(url!)
      answer.writeHead(404).end()
      return
    }
    const forwarded = { 'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': 'http' }
    const options = { host: '127.0.0.1', port: this.target, method, path: url, headers: { ...headers, ...forwarded } }
    const outgoing = request(options, (response) => {
      answer.writeHead(response.statusCode!, response.headers)
      response.pipe(answer)
    })
    outgoing.on('error', () => answer.destroy())
    incoming.pipe(outgoing)
  }
}
