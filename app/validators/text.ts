import vine from '@vinejs/vine'
import { withoutInvisibles } from '#core/assets/text'
import { plainText } from './rules.js'

/** One line of text, trimmed and without marks that nobody sees. */
export function line(maxLength: number) {
  return vine
    .string()
    .parse(toVisible)
    .trim()
    .minLength(1)
    .maxLength(maxLength)
    .use(plainText({ lines: false }))
}

/** One line of text that may be left out or emptied: `""` and spaces mean null. */
export function optionalLine(maxLength: number) {
  return vine
    .string()
    .parse((value) => blankToNull(toVisible(value)))
    .trim()
    .maxLength(maxLength)
    .use(plainText({ lines: false }))
    .nullable()
    .optional()
}

/** Text of several lines that may be left out or emptied. */
export function optionalLines(maxLength: number) {
  return vine
    .string()
    .parse(blankToNull)
    .trim()
    .maxLength(maxLength)
    .use(plainText({ lines: true }))
    .nullable()
    .optional()
}

/** A query parameter of text. An empty one is an absent one. */
export function parameter(maxLength: number) {
  return vine
    .string()
    .parse(emptyToAbsent)
    .trim()
    .maxLength(maxLength)
    .use(plainText({ lines: false }))
    .optional()
}

/** In a query `name=` says as much as no `name` at all. */
export function emptyToAbsent(value: unknown): unknown {
  return value === '' ? undefined : value
}

function toVisible(value: unknown): unknown {
  return typeof value === 'string' ? withoutInvisibles(value) : value
}

export function blankToNull(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? null : value
}
