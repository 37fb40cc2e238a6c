import { type HttpContext } from '@adonisjs/core/http'
import { InvalidValue } from '#core/assets/errors'
import { DEFAULT_LIMIT } from '#validators/paging'
import { decodeIdCursor, encodeIdCursor } from './id_cursor.js'
import { writePageHeaders } from './page_headers.js'

/** A list that is small enough to be read whole, such as that of the rooms. */
interface ShortList<Row> {
  /** What its cursors are marked with. */
  readonly name: string
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => number
}

/**
 * The page of a short list that the query asks for, with its headers written.
 *
 * @throws InvalidValue if the row at which the page before ended is there no more
 */
export function pageOfShortList<Row>(
  ctx: HttpContext,
  { name, rows, idOf }: ShortList<Row>,
  { limit = DEFAULT_LIMIT, cursor }: { limit?: number; cursor?: string }
): Row[] {
  const afterId = decodeIdCursor(name, cursor)
  const last = afterId === undefined ? -1 : rows.findIndex((row) => idOf(row) === afterId)
  if (afterId !== undefined && last === -1) {
    throw new InvalidValue('cursor', 'The row at which the last page ended is gone: begin without a cursor', 'cursor')
  }

  const page = rows.slice(last + 1, last + 1 + limit)
  const end = last + page.length < rows.length - 1 ? page.at(-1) : undefined
  writePageHeaders(ctx, {
    nextCursor: end === undefined ? null : encodeIdCursor(name, idOf(end)),
    total: { count: rows.length, exact: true },
  })
  return page
}
