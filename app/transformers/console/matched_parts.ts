import { toSearchTerms, type SearchTerms } from '#core/assets/search_text'

/** A piece of a text. `hit`: the search matched it. */
export interface MatchPart {
  readonly text: string
  readonly hit: boolean
}

export type Highlighter = (text: string | null) => MatchPart[] | undefined

/** Marks in texts what a search matched. Undefined: nothing to mark. */
export function highlighterFor(search: string | undefined): Highlighter {
  const terms = toSearchTerms(search ?? '')
  return (text) => (text === null ? undefined : matchParts(text, terms))
}

function matchParts(text: string, { words }: SearchTerms): MatchPart[] | undefined {
  const ranges = words
    .map((word) => findRange(text, word.text) ?? findDigits(text, word.macDigits ?? word.text))
    .filter((range) => range !== null)
    .sort((a, b) => a[0] - b[0])
  if (ranges.length === 0) {
    return undefined
  }

  const parts: MatchPart[] = []
  let end = 0
  for (const [from, to] of ranges) {
    if (from >= end) {
      parts.push({ text: text.slice(end, from), hit: false }, { text: text.slice(from, to), hit: true })
      end = to
    }
  }
  return [...parts, { text: text.slice(end), hit: false }].filter((part) => part.text !== '')
}

function findRange(text: string, word: string): [number, number] | null {
  const from = text.toLowerCase().indexOf(word)
  return from === -1 || text.toLowerCase().length !== text.length ? null : [from, from + word.length]
}

const SHOWN_MAC = /^[0-9A-F]{2}(?::[0-9A-F]{2}){5}$/

/** Where the digits lie in an address that is shown with colons. */
function findDigits(text: string, digits: string): [number, number] | null {
  const from = SHOWN_MAC.test(text) ? text.replaceAll(':', '').toLowerCase().indexOf(digits) : -1
  if (from === -1 || digits === '') {
    return null
  }
  const last = from + digits.length - 1
  return [from + Math.floor(from / 2), last + Math.floor(last / 2) + 1]
}
