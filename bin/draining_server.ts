import { Server, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { type Socket } from 'node:net'
import { refusePlainly, type PlainProblem } from '#exceptions/plain_problem'
import { refuseUnreadable } from './unreadable_request.js'

/** How long a client may take, in milliseconds. */
interface Patience {
  /** For the headers of a request. */
  readonly headersTimeout: number
  /** For a whole request: a file of 100 MB needs a line of 7 Mbit/s. */
  readonly requestTimeout: number
  /** How often both are looked at. */
  readonly connectionsCheckingInterval: number
}

const PATIENCE: Patience = { headersTimeout: 15_000, requestTimeout: 120_000, connectionsCheckingInterval: 2000 }

/** What a client may call its request: it stands in logs and answers. Any other name is replaced by one of our own. */
const REQUEST_ID = /^[\w.:-]{1,64}$/

/** After some seconds a client may look for the process that takes over. */
const STOPPING: PlainProblem = {
  status: 503,
  code: 'E_STOPPING',
  detail: 'LAIM is stopping: try again in a moment',
  retryAfter: 5,
}

const STARTING: PlainProblem = {
  status: 503,
  code: 'E_STARTING',
  detail: 'LAIM is starting: try again in a moment',
  retryAfter: 2,
}

/**
 * A server that can listen before there is anything behind it: who comes too early is told to come back. Its `close` waits for the answers under way and for nothing else: connections that only stand open, such as those that browsers make in advance, are cut, and a request that still comes on an open one is told to come back
 * as well. It waits for no client for ever.
 */
export class DrainingServer extends Server {
  readonly #sockets = new Set<Socket>()
  readonly #underWay = new Map<ServerResponse, Socket>()
  #handle: RequestListener | null = null

  constructor(patience: Patience = PATIENCE) {
    super(patience)
    this.on('clientError', refuseUnreadable)
    this.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    this.on('request', (request, response) => this.#serve(request, response))
  }

  /** From now on requests are answered. */
  serve(handle: RequestListener): this {
    this.#handle = handle
    return this
  }

  /** The framework listens when all is ready; a port that is open already stays so. */
  override listen(...where: unknown[]): this {
    if (!this.listening) {
      return super.listen(...(where as [number, string]))
    }
    process.nextTick(() => this.emit('listening'))
    return this
  }

  override close(done?: (error?: Error) => void): this {
    super.close(done)
    for (const response of this.#underWay.keys()) {
      if (!response.headersSent) {
        response.setHeader('Connection', 'close')
      }
    }
    for (const socket of this.#sockets) {
      this.#endWhenIdle(socket)
    }
    return this
  }

  /** What was written to it still goes out. */
  #endWhenIdle(socket: Socket): void {
    if (![...this.#underWay.values()].includes(socket)) {
      socket.destroySoon()
    }
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request
    this.#underWay.set(response, socket)
    response.once('close', () => {
      this.#underWay.delete(response)
      if (!this.listening) {
        this.#endWhenIdle(socket)
      }
    })
    if (!REQUEST_ID.test(String(request.headers['x-request-id'] ?? 'none'))) {
      delete request.headers['x-request-id']
    }
    if (this.listening && this.#handle) {
      this.#handle(request, response as Parameters<RequestListener>[1])
    } else if (this.listening) {
      refusePlainly(request, response, STARTING)
    } else {
      response.setHeader('Connection', 'close')
      refusePlainly(request, response, STOPPING)
    }
  }
}
