/**
 * What a spreadsheet takes for a formula: these signs at the beginning, full-width ones too, also behind blanks or
 * apostrophes. Apostrophes count so that reading back is the exact inverse of writing.
 */
const FORMULA = /^(?:['\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n])/
const NEEDS_QUOTES = /[",;\r\n\t]|^\s|\s$/

/** One cell as RFC 4180 writes it. Null is an empty cell; a formula is made text by an apostrophe before it. */
export function toCsvCell(value: unknown): string {
  if (value === null || value === undefined) {
    return ''
  }
  const text = toCellText(String(value))
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of cells, with its line break. */
export function toCsvLine(values: readonly unknown[]): string {
  return `${values.map(toCsvCell).join(',')}\r\n`
}

/** The value that a cell's text stands for: the apostrophe that `toCsvCell` put before a formula is taken away. */
export function fromCellText(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text
}

function toCellText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}
