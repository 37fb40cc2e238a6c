import { SourceError, type HttpRequest, type HttpResponse, type Validator } from '@laim/sdk'
import type { Answer } from './exchange.js'
import { cutOff } from './transport_faults.js'

/**
 * Parses a body. The declared type is no proof: some peers label web pages as JSON and some JSON as text.
 *
 * @throws SourceError `bad_payload` that says what came instead, never quoting it
 */
export function parseJsonBody(bytes: Buffer, answer: Answer): unknown {
  const { requestName } = answer
  const text = new TextDecoder().decode(bytes)
  if (text.trim() === '') {
    throw notJson(`expected JSON, got an empty answer (at ${requestName})`)
  }
  if (isMarkup(text)) {
    throw notJson(`expected JSON, got ${declaredType(answer, 'text/html')} (at ${requestName})`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw toSyntaxError(error as Error, text, bytes.length, answer)
  }
}

/** True for what begins like a web page. */
export function isMarkup(text: string): boolean {
  return /^\s*</.test(text)
}

/** The type the peer declared, when it says something else than JSON. */
export function declaredType({ headers }: Answer, otherwise: string): string {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return type === '' || type.includes('json') || !/^[\w.+-]+\/[\w.+-]+$/.test(type) ? otherwise : type
}

/**
 * Holds a body against the shape that the caller expects.
 *
 * @throws SourceError `bad_payload` naming the first fields that differ
 */
export async function assertShape<T>(
  body: unknown,
  shape: Validator,
  { method = 'GET', path }: HttpRequest
): Promise<T> {
  const [error, output] = await shape.tryValidate(body)
  if (!error) {
    return output as T
  }
  const fields = error.messages.slice(0, 3).map(({ field, rule }) => `${field} (${rule})`)
  throw new SourceError({
    kind: 'bad_payload',
    code: 'E_SOURCE_SHAPE',
    message: `the answer to ${method} ${path.replace(/\?.*$/s, '')} has another shape than expected: ${fields.join(', ')}`,
  })
}

/** Body of a status that the caller accepted besides success: error pages are often no JSON, which is fine. */
export function parseJsonLeniently<T>(bytes: Buffer, { status, headers }: Answer): HttpResponse<T> {
  let body: unknown = null
  try {
    body = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    // The status is what the caller asked for.
  }
  return { status, headers, body: body as T }
}

function toSyntaxError(error: Error, text: string, received: number, answer: Answer): SourceError {
  const position = Number(/position (\d+)/.exec(error.message)?.[1] ?? Number.NaN)
  const isAtEnd = /end of JSON input|Unterminated string/.test(error.message) || position >= text.length
  if (isAtEnd) {
    return new SourceError(cutOff(received, answer.requestName))
  }
  const type = declaredType(answer, '')
  return notJson(
    type
      ? `expected JSON, got ${type} (at ${answer.requestName})`
      : `the answer is not valid JSON${Number.isNaN(position) ? '' : ` from character ${position} on`} (at ${answer.requestName})`
  )
}

function notJson(message: string): SourceError {
  return new SourceError({ kind: 'bad_payload', code: 'E_SOURCE_NOT_JSON', message })
}
