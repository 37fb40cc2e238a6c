import { toCsvLine } from '#core/assets/csv_cell'
import { type AssetView } from '#services/search/asset_query'
import { itemShape } from './item_transformer.js'

/** The columns of an exported file: the fields that the API gives to an item, in its order. */
export const EXPORT_COLUMNS: readonly string[] = itemShape.schema.required as string[]

type Pages = AsyncIterable<readonly AssetView[]>

/** Items as a CSV file (RFC 4180, UTF-8), a piece for each page. */
export async function* toCsv(pages: Pages): AsyncGenerator<string> {
  yield toCsvLine(EXPORT_COLUMNS)
  for await (const page of pages) {
    yield page.map((asset) => toCsvLine(Object.values(itemShape.toJson(asset)))).join('')
  }
}

/** Items as one JSON array, one item a line. */
export async function* toJsonArray(pages: Pages): AsyncGenerator<string> {
  let separator = '[\n'
  for await (const page of pages) {
    const lines = page.map((asset) => JSON.stringify(itemShape.toJson(asset)))
    yield separator + lines.join(',\n')
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}
