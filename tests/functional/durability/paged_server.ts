import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { type Device } from '#tests/helpers/engine_world'

/** What the server is asked for: a page of its list by its number, from 1, or a login. */
interface Asked {
  readonly page: number | 'login'
  /** How often this has been asked for, with this time. */
  readonly times: number
}

type Answering = (asked: Asked, request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>

/** A source on loopback that lists its devices page by page, counts what it is asked and can be told to misbehave. */
export class PagedServer {
  devices: Device[]
  readonly pageLength: number
  /** Pages that were asked for, in order. */
  readonly asked: number[] = []
  logins = 0
  /** Answers true when it took care of the answer itself. */
  instead: Answering = () => false
  readonly #server: Server

  private constructor(devices: Device[], pageLength: number) {
    this.devices = devices
    this.pageLength = pageLength
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  static async start(devices: Device[], pageLength = 10): Promise<PagedServer> {
    const server = new PagedServer(devices, pageLength)
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get pageCount(): number {
    return Math.ceil(this.devices.length / this.pageLength)
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    const isLogin = url.pathname === '/login'
    const after = Number(url.searchParams.get('after') ?? 0)
    const page = after / this.pageLength + 1
    if (isLogin) {
      this.logins += 1
    } else {
      this.asked.push(page)
    }
    const times = isLogin ? this.logins : this.asked.filter((asked) => asked === page).length
    if (await this.instead({ page: isLogin ? 'login' : page, times }, request, response)) {
      return
    }
    if (isLogin) {
      sendJson(response, { token: `t${this.logins}` })
      return
    }
    const devices = this.devices.slice(after, after + this.pageLength)
    sendJson(response, { devices, isLast: after + this.pageLength >= this.devices.length, total: this.devices.length })
  }
}

export function sendJson(response: ServerResponse, body: unknown, status = 200, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** Devices that are all different, with serial and base address. */
export function manyDevices(count: number, change: Partial<Device> = {}): Device[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(6, '0')
    return {
      id: String(index + 1),
      hostname: `lab-${number}`,
      serial: `SNX${number}Q`,
      base: `001b21${(index + 1).toString(16).padStart(6, '0')}`,
      vendor: 'Acme',
      model: 'AX-9',
      ...change,
    }
  })
}
