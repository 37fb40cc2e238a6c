import { formatMacAddress } from '#core/assets/mac_address'

/** The value of a field, under its name in the API, as people read it. */
export function shownValue(field: string, value: string | null): string | null {
  return value !== null && field === 'mac_address' ? formatMacAddress(value) : value
}
