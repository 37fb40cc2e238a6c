/** An answer in the little that tests of headers look at. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The text read as a JSON object; empty if it is none. */
  readonly body: Record<string, unknown>
}

/**
 * Sends a request of the API exactly as given. Japa's client writes the Cookie header itself, so tests of that header
 * need this one. Redirects are not followed.
 */
export async function sendRaw(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string
): Promise<RawAnswer> {
  const url = `http://${process.env.HOST}:${process.env.PORT}${path}`
  const answer = await fetch(url, { method, headers, body, redirect: 'manual' })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: text.startsWith('{') ? JSON.parse(text) : {} }
}
