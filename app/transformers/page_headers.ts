import { type HttpContext } from '@adonisjs/core/http'

interface Page {
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null
  readonly total: { readonly count: number; readonly exact: boolean }
}

/** Totals beyond this are only said to be more. */
const MOST_COUNTED = 10_000

/** A total as the header gives it, from an exact count. */
export function toTotal(count: number): Page['total'] {
  return { count: Math.min(count, MOST_COUNTED), exact: count <= MOST_COUNTED }
}

/** Writes where the next page is and how many rows there are in all, as headers: the body is the bare list. */
export function writePageHeaders({ request, response }: HttpContext, { nextCursor, total }: Page): void {
  if (nextCursor !== null) {
    const query = new URLSearchParams(request.parsedUrl.query ?? '')
    query.set('cursor', nextCursor)
    response.header('Link', `<${request.url()}?${query}>; rel="next"`)
  }
  response.header('X-Total-Count', total.exact ? String(total.count) : `${total.count}+`)
}
