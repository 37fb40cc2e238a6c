import { type AssetValues } from './asset.js'
import { withoutInvisibles } from './text.js'

/** The fields of an asset that a person may search by, in the order of their lines; its room and type are filters. */
const LINES = ['hostname', 'serialNumber', 'assetTag', 'subLocation', 'ipAddress', 'model', 'vendor'] as const

export const SEARCHED_FIELDS = [...LINES, 'macAddress'] as const

export type SearchableValues = Pick<AssetValues, (typeof SEARCHED_FIELDS)[number]>

/**
 * One word of a search. An asset matches it if its search text contains `text`, or `macDigits` if that is not null: the
 * bare hex digits of a word that reads as (part of) a hardware address in any notation.
 */
export interface SearchWord {
  readonly text: string
  readonly macDigits: string | null
}

/** An asset matches if it matches every word. No words: every asset matches. */
export interface SearchTerms {
  readonly words: readonly SearchWord[]
}

const TEXT_LIMIT = 4000
const MAC_LIMIT = 1000
const INPUT_LIMIT = 200
const WORD_LIMIT = 8

/** White space and control characters part words. SQLite's text functions stop at NUL, so none may be stored. */
const GAPS = /[\s\p{Cc}]+/gu

/** How hardware addresses are grouped: `00:1b:21`, `001b.213c`, `001b21-3c4d5e`. Dots part groups of four only. */
const NOTATIONS = [
  { width: 2, separator: /[:-]/ },
  { width: 4, separator: /[:.-]/ },
  { width: 6, separator: /[:-]/ },
]

/**
 * Everything one may find an asset by, in lower case, a value a line, in this order: hostname, serial number, asset tag,
 * sub-location, IP address, model, vendor (4000 characters together), then every hardware address as twelve hex digits
 * (its own, then the others in order, at most 1000). Absent values leave no line.
 */
export function toSearchText(values: SearchableValues, macs: readonly string[]): string {
  const lines = LINES.map((field) =>
    fold(values[field] ?? '')
      .replace(GAPS, ' ')
      .trim()
  ).filter((line) => line !== '')
  const others = macs.map(toDigits).sort()
  const addresses = new Set([toDigits(values.macAddress ?? ''), ...others])
  addresses.delete('')

  return [lines.join('\n').slice(0, TEXT_LIMIT).toWellFormed(), ...[...addresses].slice(0, MAC_LIMIT)].join('\n')
}

/** The words of what a person typed. What exceeds 200 characters or 8 words is ignored. */
export function toSearchTerms(input: string): SearchTerms {
  const texts = fold(withoutInvisibles(input).slice(0, INPUT_LIMIT))
    .split(GAPS)
    .filter((text) => text !== '')

  return {
    words: [...new Set(texts)].slice(0, WORD_LIMIT).map((text) => ({ text, macDigits: parseMacFragment(text) })),
  }
}

/** One form for upper and lower case and for composed and decomposed letters. The two Greek small sigmas are one letter. */
function fold(text: string): string {
  return text.toWellFormed().toLowerCase().replaceAll('ς', 'σ').normalize('NFC')
}

function toDigits(mac: string): string {
  return mac.toLowerCase().replace(/[^0-9a-f]/g, '')
}

/**
 * The digits of a word that is part of a hardware address: groups of one width, the outer ones possibly cut, at least
 * one whole. `10.0.0.14` is none. Null if it is no such word, or has no separators and so is its own digits.
 */
function parseMacFragment(word: string): string | null {
  for (const { width, separator } of NOTATIONS) {
    const groups = word.split(separator)
    const inner = groups.slice(1, -1)
    const digits = groups.join('')
    const fits =
      groups.length > 1 &&
      groups.every((group) => /^[0-9a-f]*$/.test(group) && group.length <= width) &&
      inner.every((group) => group.length === width) &&
      groups.some((group) => group.length === width)
    if (fits && digits.length <= 12) {
      return digits
    }
  }
  return null
}
