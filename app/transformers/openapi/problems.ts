import { type JsonSchema } from '../shape.js'
import { isRepeatable, type Operation } from './operation.js'

const TITLES: Record<number, string> = {
  400: 'The body is not JSON',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'In conflict with what is there',
  412: 'Changed since it was read',
  413: 'The body is too large',
  415: 'The body is of the wrong type',
  422: 'Invalid input',
  429: 'Too many requests or attempts: the header Retry-After says when to try again',
  503: 'LAIM starts or stops, or its database does not answer: the header Retry-After says when to try again',
}

/** An error, as RFC 9457 writes it. */
export const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', pattern: '^E_' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, message: { type: 'string' }, rule: { type: 'string' } },
        required: ['field', 'message', 'rule'],
      },
    },
    request_id: { type: 'string' },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'request_id'],
}

/** The faults an operation can answer with: its own, and those that follow from what it reads and who may call it. */
export function toFaults(operation: Operation): Record<number, object> {
  const statuses = new Set([422, 503, ...(operation.faults ?? [])])
  if (operation.can !== null) {
    statuses.add(401).add(403).add(429)
  }
  if (operation.method !== 'GET') {
    statuses.add(400).add(413).add(415)
  }
  if (isRepeatable(operation)) {
    statuses.add(409)
  }
  if (operation.path.includes('{id}')) {
    statuses.add(404)
  }
  const sorted = [...statuses].sort((one, other) => one - other)
  return Object.fromEntries(sorted.map((status) => [status, toFault(status)]))
}

function toFault(status: number): object {
  return {
    description: TITLES[status] ?? 'Fault',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}
