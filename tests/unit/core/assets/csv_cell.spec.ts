import { test } from '@japa/runner'
import fc from 'fast-check'
import { fromCellText, toCsvCell, toCsvLine } from '#core/assets/csv_cell'

const FORMULA_SIGNS = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']

/** The text of a cell as a reader of RFC 4180 finds it. */
function unquote(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
}

test.group('A cell of a CSV file', () => {
  test('never begins with what a spreadsheet calculates', ({ assert }) => {
    for (const sign of FORMULA_SIGNS) {
      assert.match(unquote(toCsvCell(`${sign}1+1`)), /^'/)
      assert.match(unquote(toCsvCell(`'${sign}1+1`)), /^''/)
    }
  })

  test('leaves other text as it is, quoted where it must be', ({ assert }) => {
    assert.equal(
      toCsvLine(['a', null, '', "'b", 'c,d', 'e"f', 'g\nh', 7, true]),
      'a,,,\'b,"c,d","e""f","g\nh",7,true\r\n'
    )
  })

  test('gives every text back as it was', () => {
    const piece = fc.constantFrom(...FORMULA_SIGNS, "'", '"', ' ', ',', '\n', 'a')
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join(''))
    )

    fc.assert(fc.property(text, (value) => fromCellText(unquote(toCsvCell(value))) === value))
  })
})
