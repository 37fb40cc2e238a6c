/** The id after which a list goes on, as its address says; undefined starts it. */
export function readPosition(text: unknown): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}
