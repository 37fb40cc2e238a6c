/** Longest input that is looked at; what follows cannot matter to a field of one line. */
const MAX_INPUT = 16_384

/** CSI and OSC sequences of terminals, whole: without its ESC the rest would stay as litter. */
// eslint-disable-next-line no-control-regex
const TERMINAL_SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g
const LINE_BREAKS = /[\t-\r\u0085\u2028\u2029]+/g
const CONTROLS = /\p{Cc}/gu
const LONE_SURROGATES = /\p{Cs}/gu
/** What most texts are: words of printable ASCII with single spaces between them. Nothing of it needs cleaning. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/
/** Marks and overrides of writing direction, zero-width spaces, byte order mark, non-characters. */
const INVISIBLES = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]/g

/**
 * Reads one clean line of text from anything an API may answer: NFC, single spaces, trimmed, without control
 * characters, terminal sequences, lone surrogates and marks that turn the writing direction. Cut at `max` UTF-16
 * units, never inside a character. Numbers become their decimal text.
 *
 * Returns null when nothing is left, and for booleans, objects and arrays. Never throws. SQLite and PostgreSQL
 * store the result alike, which raw input does not promise (PostgreSQL refuses NUL, SQLite keeps it).
 */
export function parseText(input: unknown, max = 255): string | null {
  const text = toPlainString(input)
  if (text === null) {
    return null
  }
  if (text.length <= max && PLAIN.test(text)) {
    return text
  }

  const clean = text
    .slice(0, MAX_INPUT)
    .replace(TERMINAL_SEQUENCES, '')
    .replace(LINE_BREAKS, ' ')
    .replace(CONTROLS, '')
    .replace(LONE_SURROGATES, '')
    .replace(INVISIBLES, '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
  return cut(clean, max).trimEnd() || null
}

/** What people paste from mails, sheets and dialogs carries marks that nobody sees: with them no two texts are equal. */
export function withoutInvisibles(text: string): string {
  return text.replace(INVISIBLES, '')
}

/** Text of a string, finite number or bigint; null for every other type. */
function toPlainString(input: unknown): string | null {
  if (typeof input === 'string') {
    return input
  }
  if (typeof input === 'bigint' || (typeof input === 'number' && Number.isFinite(input))) {
    return String(input)
  }
  return null
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).replace(LONE_SURROGATES, '')
}
