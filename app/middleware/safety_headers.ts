const NOTHING = "default-src 'none'; frame-ancestors 'none'"

/** For answers that no page's own policy covers, such as a page that does not exist. Pages with scripts say more. */
const OWN_FILES =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Half a year: a browser that once saw HTTPS asks for nothing else. */
const STRICT_TRANSPORT = 'max-age=15552000'

/** What keeps a browser from guessing types, framing pages and telling others where it was. `path` is without query. */
export function safetyHeaders(path: string, isHttps: boolean): Readonly<Record<string, string>> {
  const isApi = path === '/api' || path.startsWith('/api/')
  const { api, pages } = isHttps ? HTTPS : HTTP
  return isApi ? api : pages
}

function headersFor(isApi: boolean, isHttps: boolean): Readonly<Record<string, string>> {
  return Object.freeze({
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Content-Security-Policy': isApi ? NOTHING : OWN_FILES,
    ...(isApi && { 'Cache-Control': 'no-store' }),
    ...(isHttps && { 'Strict-Transport-Security': STRICT_TRANSPORT }),
  })
}

/** They are the same for every request: made once. */
const HTTP = { api: headersFor(true, false), pages: headersFor(false, false) }
const HTTPS = { api: headersFor(true, true), pages: headersFor(false, true) }
