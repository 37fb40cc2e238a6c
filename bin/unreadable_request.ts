import { randomUUID } from 'node:crypto'
import { STATUS_CODES, type ServerResponse } from 'node:http'
import { type Duplex } from 'node:stream'
import { toPlainAnswer } from '#exceptions/plain_problem'

/** What Node.js found wrong with a request before the application saw it, or while it arrived; any other is a 400. */
const STATUSES: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

const DETAILS: Readonly<Record<number, { code: string; detail: string }>> = {
  400: { code: 'E_MALFORMED_REQUEST', detail: 'The request is no HTTP that can be read' },
  408: { code: 'E_REQUEST_TIMEOUT', detail: 'The request took too long to arrive' },
  413: { code: 'E_REQUEST_TOO_LARGE', detail: 'The body is too large' },
  431: { code: 'E_HEADERS_TOO_LARGE', detail: 'The headers are too large' },
}

/** Answers, as a problem, a request that Node.js could not read. For the event `clientError` of a server. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  const inFlight: ServerResponse | undefined = Reflect.get(socket, '_httpMessage')
  if (error.code === 'ECONNRESET' || !socket.writable || inFlight?.headersSent) {
    socket.destroy(error)
    return
  }
  const status = STATUSES[error.code ?? ''] ?? 400
  const requestId = randomUUID()
  const { headers, body } = toPlainAnswer(requestId, { status, ...DETAILS[status]! })
  const lines = Object.entries({ ...headers, Connection: 'close' }).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'))
  void report(requestId, status, error.code)
}

/** The logger is there only once the application runs. */
async function report(requestId: string, status: number, code: string | undefined): Promise<void> {
  const { default: logger } = await import('@adonisjs/core/services/logger')
  logger.info({ request_id: requestId, status, code }, 'a request could not be read')
}
