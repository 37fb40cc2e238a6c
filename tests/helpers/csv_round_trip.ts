import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse/sync'
import { fromCellText, toCsvLine } from '#core/assets/csv_cell'
import { ImportAssets, type ImportOutcome } from '#services/exchange/import_assets'
import { ExportAssets } from '#services/search/export_assets'
import { toCsv } from '#transformers/item_export'
import { readImportRow } from '#validators/import'
import { type RandomItem } from './random_items.js'

const PERSON = { userId: null, name: 'ada' }

/** A folder for the files of one round trip. */
export async function inFolder<T>(work: (pathOf: (name: string) => string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'laim-csv-'))
  try {
    return await work((name) => join(folder, name))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function writeItems(path: string, items: readonly RandomItem[]): Promise<void> {
  const columns = Object.keys(items[0]!)
  const lines = items.map((item) => toCsvLine(columns.map((column) => item[column])))
  await writeFile(path, toCsvLine(columns) + lines.join(''))
}

export async function exportTo(path: string): Promise<void> {
  const pages = await new ExportAssets().handle({ activeOnly: true }, PERSON)
  await pipeline(Readable.from(toCsv(pages), { objectMode: false }), createWriteStream(path))
}

export function importFrom(path: string): Promise<ImportOutcome> {
  return new ImportAssets().handle({ path, key: 'asset_tag', dryRun: false, readRow: readImportRow }, PERSON)
}

/** The items of a file as they are meant, in the order of their tags, with only these columns. */
export async function itemsIn(path: string, columns: readonly string[]): Promise<RandomItem[]> {
  const rows: RandomItem[] = parse(await readFile(path), { columns: true, record_delimiter: ['\r\n'] })
  const items = rows.map((row) => Object.fromEntries(columns.map((column) => [column, fromCellText(row[column]!)])))
  return sortByTag(items)
}

export function sortByTag(items: readonly RandomItem[]): RandomItem[] {
  return [...items].sort((one, other) => (one.asset_tag! < other.asset_tag! ? -1 : 1))
}
