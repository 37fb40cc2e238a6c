import { toShortHostname } from './hostname.js'
import { parseMacAddress } from './mac_address.js'
import { isPlaceholderSerial } from './placeholder_serials.js'
import { parseText } from './text.js'

/** A serial number as it is shown: upper case, single spaces, no label before it and no dots around it. */
export type SerialNumber = string & { readonly __brand: 'SerialNumber' }

/** What the same device says about itself: a "serial" that repeats it is a template's mistake. */
export interface SerialSurroundings {
  readonly model?: string | null
  readonly hostname?: string | null
}

const MIN_LENGTH = 4
const MAX_LENGTH = 64

/** Labels that some agents print before the number; a bare `SN` without a separator belongs to the number. */
const LABEL =
  /^(?:(?:chassis |system |product |device )?serial(?: ?(?:number|num|no)\b\.?)?\s*[:=#]\s*|s\/n\s*[:=#]?\s*|sn\s*[:=#]\s*|service ?tag\s*[:=#]\s*|system mac\s*[:=]\s*)/i
const SEPARATED_MAC = /^[0-9a-f]{1,4}(?:[:.-][0-9a-f]{1,4}){2,5}$/i

/**
 * Reads a serial number. Some makers use the MAC address as the serial (Axis does): in any notation it becomes
 * twelve digits. Numbers are read as their decimal text.
 *
 * Returns null for nothing, placeholders, masks and samples (`isPlaceholderSerial`), sentences, what is shorter than
 * 4 or longer than 64 characters, and what repeats the device's own model or host name. A serial cut short could
 * equal another's, so long ones are refused rather than cut.
 */
export function parseSerialNumber(input: unknown, { model, hostname }: SerialSurroundings = {}): SerialNumber | null {
  const text = parseText(input, MAX_LENGTH + 64)
  if (text === null) {
    return null
  }

  const unlabelled = text.replace(LABEL, '').replace(/^[.\s]+|[.\s]+$/g, '')
  const serial = toBareMac(unlabelled) ?? unlabelled.toUpperCase()
  const key = toSerialKey(serial)
  if (key.length < MIN_LENGTH || serial.length > MAX_LENGTH || isPlaceholderSerial(serial)) {
    return null
  }
  if (model && toSerialKey(model) === key) {
    return null
  }
  if (hostname && [toSerialKey(hostname), toSerialKey(toShortHostname(hostname))].includes(key)) {
    return null
  }
  return serial as SerialNumber
}

/** The form in which two serials are compared: upper case, without spaces and dots. */
export function toSerialKey(serial: string): string {
  return serial.toUpperCase().replace(/[\s.]+/g, '')
}

/** Twelve upper-case digits when the text is a MAC address written with separators. */
function toBareMac(text: string): string | null {
  return SEPARATED_MAC.test(text) ? (parseMacAddress(text)?.toUpperCase() ?? null) : null
}
