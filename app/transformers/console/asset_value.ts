import { type AssetStatus, type Presence } from '#core/assets/asset'
import { formatMacAddress } from '#core/assets/mac_address'
import { STATUS_WORDS, toPresenceLook } from './looks.js'

/** A stored value as people read it; `field` is the API's name of its field. */
export function toShownValue(field: string, value: string | null): string | null {
  if (value === null) {
    return null
  }
  if (field === 'mac_address') {
    return formatMacAddress(value)
  }
  if (field === 'presence') {
    return toPresenceLook(value as Presence).word
  }
  return field === 'status' ? (STATUS_WORDS[value as AssetStatus] ?? value) : value
}
