/*
| Serial numbers that name no device. Collected from what firmware makers leave in place (DMI defaults), from the
| strings that 1352 recorded network devices report (read in August 2026; many are the recorders' masking), and from
| public reports of inventories that merged strangers by them (OCS Inventory, netbox-sync, GLPI).
| What is on no list and still repeats is learned from its frequency by the engine.
*/

/** Compared without anything but letters and digits. */
const WORDS = new Set([
  'CHASSIS',
  'DEFAULT',
  'DEFAULTSTRING',
  'DEVICESERL',
  'EMPTY',
  'ERROR',
  'FILLBYOEM',
  'INVALID',
  'NA',
  'NIL',
  'NOASSETINFORMATION',
  'NONE',
  'NOTAPPLICABLE',
  'NOTAVAILABLE',
  'NOTDEFINED',
  'NOTPRESENT',
  'NOTPROVIDED',
  'NOTSET',
  'NOTSPECIFIED',
  'NOTSUPPORTED',
  'NULL',
  'OEM',
  'PRIVATE',
  'REDACTED',
  'REMOVED',
  'SAMPLE',
  'SERIAL',
  'TBD',
  'TEST',
  'TOBEFILLED',
  'TOBEFILLEDBYOEM',
  'UNAVAILABLE',
  'UNDEFINED',
  'UNKNOWN',
  'UNSPECIFIED',
])

/** Samples that follow no rule below. */
const SAMPLES = new Set(['001122334455', '1234ABC'])

/** The label itself, with or without what it labels: `SERIALNO`, `SYSTEM SERIAL NUMBER`, `UPSSERIALNUM`. */
const NAMES_ITSELF = /SERIAL(?:NO|NUM|NUMBER)$/
/** Characters that stand for what somebody left out. */
const MASK = /[<>#*?]|X{3,}/
/** Up to three letters, then one digit to the end: `PSZ00000000`, `CN000000000000000000000`. */
const NOTHING_COUNTED = /^[A-Z]{0,3}(\d)\1{5,}$/
/** An Axis-like MAC whose half that counts the cards was masked: `B8A44F000000`. */
const MASKED_CARD = /^(?=.*[A-F])[0-9A-F]{6}0{6}$/
const COUNTED_UP = '0123456789012345678901234567890123456789'
const COUNTED_DOWN = '9876543210987654321098765432109876543210'
const RUN_OF_DIGITS = /[01]\d{5,}/g
/** With so few other characters a run of 123456 is a sample (`AB123456CD`, `SN123456789`), not a coincidence. */
const MAX_BESIDE_RUN = 4

/** True for what stands in the place of a serial: upper case expected, as `parseSerialNumber` writes it. */
export function isPlaceholderSerial(serial: string): boolean {
  const bare = serial.replace(/[^\p{L}\p{N}]/gu, '')
  return (
    MASK.test(serial) ||
    isSentence(serial) ||
    WORDS.has(bare) ||
    SAMPLES.has(bare) ||
    NAMES_ITSELF.test(bare) ||
    new Set(bare).size <= 2 ||
    NOTHING_COUNTED.test(bare) ||
    MASKED_CARD.test(bare) ||
    isCounted(bare)
  )
}

/** `System:315646 Product:246152313`, `TDCM : 44 32 - EDFA : 45 32`: several facts, none of them this device's number. */
function isSentence(serial: string): boolean {
  return serial.includes(':') || serial.split(' ').length > 3
}

/** `1234567890`, `9876543210`, and short serials made of little else (`M9123456`). */
function isCounted(bare: string): boolean {
  if (COUNTED_UP.includes(bare) || COUNTED_DOWN.includes(bare)) {
    return true
  }
  const runs = bare.match(RUN_OF_DIGITS) ?? []
  return runs.some((run) => {
    const start = run.search(/012345|123456/)
    return start >= 0 && COUNTED_UP.includes(run.slice(start)) && bare.length - (run.length - start) <= MAX_BESIDE_RUN
  })
}
