import { randomUUID } from 'node:crypto'
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import { safetyHeaders } from '#middleware/safety_headers'

/** A problem that is answered outside of the application, where there is no context of a request. */
export interface PlainProblem {
  readonly status: number
  readonly code: string
  readonly detail: string
  /** Seconds. */
  readonly retryAfter?: number
}

export const BAD_ADDRESS: PlainProblem = {
  status: 400,
  code: 'E_MALFORMED_ADDRESS',
  detail: 'The address is no text: each % must be followed by two digits that together are UTF-8',
}

/** Headers and body of such an answer, as every other problem has them. */
export function toPlainAnswer(requestId: string, { status, code, detail, retryAfter }: PlainProblem) {
  const title = STATUS_CODES[status]!
  const body = JSON.stringify({ type: 'about:blank', title, status, detail, code, request_id: requestId })
  const headers = {
    ...safetyHeaders('/api/', false),
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Request-Id': requestId,
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
  }
  return { headers, body }
}

/** Answers a request with a problem before the application sees it. */
export function refusePlainly(request: IncomingMessage, response: ServerResponse, problem: PlainProblem): void {
  const { headers, body } = toPlainAnswer(String(request.headers['x-request-id'] ?? randomUUID()), problem)
  response.writeHead(problem.status, headers).end(body)
}
