const API_SUFFIX = /\/api(\/v1)?$/

/**
 * The address under which both `/login` and `/api/v1` lie: scheme, host, port and base path, without a
 * trailing slash. People paste what their browser or the API page shows, so `/`, `/api` and `/api/v1` at
 * the end are cut off; a base path (`https://nms.example.org/netdisco`, or a tenant's `/t/lab`) stays.
 */
export function toBaseUrl(typed: string): string {
  const url = new URL(typed.trim())
  const path = url.pathname.replace(/\/+$/, '').replace(API_SUFFIX, '').replace(/\/+$/, '')
  return `${url.origin}${path}`
}
