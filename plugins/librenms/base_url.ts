const API_SUFFIX = /\/api(\/v\d+)?$/

/**
 * The address under which both the web pages and `/api/v0` lie: scheme, host, port and base path, without a trailing
 * slash. People paste what the API page shows, so `/`, `/api` and `/api/v0` at the end are cut off.
 */
export function toBaseUrl(typed: string): string {
  const url = new URL(typed.trim())
  const path = url.pathname.replace(/\/+$/, '').replace(API_SUFFIX, '').replace(/\/+$/, '')
  return `${url.origin}${path}`
}
