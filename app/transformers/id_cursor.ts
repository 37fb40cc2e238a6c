import { InvalidValue } from '#core/assets/errors'

const DECODED = /^([a-z_]+):([1-9]\d{0,8})$/

/** A cursor for a list in order of ids: where the next page of this list, and of no other, begins. */
export function encodeIdCursor(list: string, id: number): string {
  return Buffer.from(`${list}:${id}`).toString('base64url')
}

/**
 * The id in a cursor; undefined without a cursor.
 *
 * @throws InvalidValue if this list never gave out such a cursor
 */
export function decodeIdCursor(list: string, cursor: string | undefined): number | undefined {
  if (cursor === undefined) {
    return undefined
  }
  const [, name, id] = DECODED.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (name !== list || encodeIdCursor(list, Number(id)) !== cursor) {
    throw new InvalidValue('cursor', 'The cursor is not one of this list: begin without one', 'cursor')
  }
  return Number(id)
}

/**
 * The page in rows of which one more was asked for than the page may have: that
 * one only tells that there are more. `nextCursor` is null on the last page.
 */
export function cutPage<Row>(list: string, rows: readonly Row[], limit: number, idOf: (row: Row) => number) {
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { page, nextCursor: last === undefined ? null : encodeIdCursor(list, idOf(last)) }
}
