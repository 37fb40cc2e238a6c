/** No id is as high: what comes before it is everything. */
export const MAX_POSITION = 2_147_483_647

/** The id after which a list goes on, as its address says; undefined starts it. */
export function readPosition(text: unknown): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}
