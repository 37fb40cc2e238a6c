/** An address that a source gave, if a browser may be sent there: sources are not trusted with `javascript:`. */
export function toWebAddress(address: string | null): string | null {
  const isWeb = address !== null && URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
  return isWeb ? address : null
}
