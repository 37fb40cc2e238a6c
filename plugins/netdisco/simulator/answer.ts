/** What the simulated server sends back. */
export interface Answer {
  readonly status: number
  /** Content type; null sends none, as Netdisco does with a key it refuses. */
  readonly type: string | null
  readonly body: string
  readonly location?: string
  /** True ends the connection in the middle of the body. */
  readonly isCut?: boolean
}

const JSON_TYPE = 'application/json; charset=utf-8'

export function json(body: unknown, status = 200): Answer {
  return { status, type: JSON_TYPE, body: JSON.stringify(body) }
}

/** A web page. Under `/api` the server calls it JSON. */
export function page(title: string, status: number, type = JSON_TYPE): Answer {
  const body = `<!DOCTYPE html>\n<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`
  return { status, type, body }
}

/** The error page of the web framework below Netdisco. */
export function crash(): Answer {
  return page('Error 500', 500, 'application/json')
}

export function csv(lines: readonly (readonly string[])[]): Answer {
  const body = lines.map((line) => `${line.join(',')}\n`).join('')
  return { status: 200, type: 'text/comma-separated-values; charset=utf-8', body }
}

/** A wrong, expired, revoked or wrongly placed key: no body, no type. */
export function refusedKey(): Answer {
  return { status: 401, type: null, body: '' }
}

/** The user has no role for it: a redirect, with an empty list as its body. */
export function roleMissing(path: string): Answer {
  const location = `/login/denied?return_url=${encodeURIComponent(path)}`
  return { status: 302, type: JSON_TYPE, body: '[]', location }
}

export function error(message: string, status: number, path: string): Answer {
  return json({ error: message, return_url: path }, status)
}
