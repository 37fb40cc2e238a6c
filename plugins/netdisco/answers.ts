import type { HttpResponse } from '@laim/sdk'
import { answeredCsv, answeredPage, brokenJson, notFound, redirected, roleMissing, unexpectedShape } from './errors.js'

/**
 * Statuses that Netdisco gives a meaning of its own; the client asks to get them as answers. Netdisco is
 * not exact: pages come with status 200 and as `application/json`, so the body itself is looked at.
 */
export const TOLD_STATUSES = [301, 302, 303, 307, 308, 400, 404]

/** The list in an answer. An empty list is a valid answer; anything that is no list is an error. */
export function readList(answer: HttpResponse<string>, path: string): unknown[] {
  assertNoRedirect(answer, path)
  if (answer.status === 404) throw notFound(path)
  const body = parseJson(answer, path)
  if (answer.status !== 200 || !Array.isArray(body)) throw unexpectedShape(path, answer.status, 'a list')
  return body
}

/** The text of `{"error": "…"}`; null when the body is anything else. */
export function readErrorText(answer: HttpResponse<string>): string | null {
  try {
    const body: unknown = JSON.parse(answer.body)
    const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
    return typeof error === 'string' ? error : null
  } catch {
    return null
  }
}

/** Any JSON value; web pages, CSV and broken text are told apart in the error. */
export function parseJson({ body, headers }: HttpResponse<string>, path: string): unknown {
  const text = body.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('<')) throw answeredPage(path)
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (headers['content-type']?.includes('comma-separated')) throw answeredCsv(path)
    throw brokenJson(path, body.length, cause)
  }
}

/** A 302 to `/login/denied` says that a role is missing; any other redirect is an address set wrongly. */
export function assertNoRedirect({ status, headers }: HttpResponse<string>, path: string): void {
  if (status < 300 || status > 399) return
  if (headers.location?.includes('/login/denied')) throw roleMissing(path)
  throw redirected(path, headers.location)
}
