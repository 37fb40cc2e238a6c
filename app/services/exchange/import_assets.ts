import { createHash } from 'node:crypto'
import { type Actor } from '#core/assets/asset'
import { recordAudit } from '#services/audit/record_audit'
import { writeMany, type ManyWriter } from '#services/inventory/write_many'
import { ROWS_AT_ONCE } from '#services/inventory/edit_many'
import { ImportRefused, unreadable, type ImportFault } from './errors.js'
import { readHeader, type ImportColumns, type ImportKey } from './import_columns.js'
import { importRows, type ImportState, type PlannedImportRow, type RowReader } from './import_rows.js'
import { readCsv, type CsvRecord } from './read_csv.js'

const MAX_ROWS = 1_000_000

/** A file on this machine, and how its rows are recognised and checked. */
export interface ImportRequest {
  readonly path: string
  readonly key: ImportKey
  readonly dryRun: boolean
  /** Write only what the plan of this hash showed; when it is another by now nothing is written. */
  readonly planHash?: string
  readonly readRow: RowReader
}

export interface ImportOutcome {
  /** Null in a dry run, and when nothing was written. */
  readonly changeSetId: number | null
  readonly isDryRun: boolean
  /** Tells whether another plan says the same. */
  readonly planHash: string
  readonly counts: { readonly rows: number; created: number; updated: number; unchanged: number; refused: number }
  /** Columns that an export holds and nobody types. */
  readonly ignored: readonly string[]
  /** The first 1000 rows that change something. */
  readonly rows: readonly PlannedImportRow[]
  /** Every bad row; in a dry run only, otherwise they are thrown. At most 10 000 are listed. */
  readonly faults: readonly ImportFault[]
}

/**
 * Adds and changes assets from a CSV file, by one change set: all rows or none. What a file says, a person says: values
 * that differ are pinned, values that are so already stay untouched. An empty cell empties; an absent column stays.
 */
export class ImportAssets {
  /** @throws ImportRefused with every bad row; in a dry run only when the file cannot be read */
  async handle(request: ImportRequest, actor: Actor): Promise<ImportOutcome> {
    const head = { kind: 'import', actor, reason: null } as const
    await checkFile(request)
    const isKept = ({ counts, planHash }: ImportPlan) =>
      !request.dryRun && counts.refused === 0 && (request.planHash ?? planHash) === planHash
    const work = async (writer: ManyWriter) => toPlan(await importFile(writer, request))
    const { value, changeSetId } = await writeMany(head, work, isKept)
    if (value.counts.refused > 0 && !request.dryRun) {
      const message = `${value.counts.refused} of ${value.counts.rows} rows cannot be imported: nothing was changed`
      throw new ImportRefused(message, value.faults)
    }
    return { ...value, changeSetId, isDryRun: request.dryRun }
  }
}

type ImportPlan = Omit<ImportOutcome, 'changeSetId' | 'isDryRun'>

function toPlan({ columns, counts, rows, faults, digest }: ImportState): ImportPlan {
  return { counts, rows, faults, ignored: columns.ignored, planHash: digest.digest('base64url') }
}

/** Reads the file once before anybody waits for the writer: it may be no CSV, or too long. */
async function checkFile({ path, key }: ImportRequest): Promise<void> {
  const records = readCsv(path)
  await readColumns(records, key)
  let rows = 0
  for await (const { line } of records) {
    rows += 1
    if (rows > MAX_ROWS) {
      throw unreadable('rows', 'The file has more than 1000000 rows: split it', line)
    }
  }
}

async function readColumns(records: AsyncGenerator<CsvRecord>, key: ImportKey): Promise<ImportColumns> {
  const { value: header } = await records.next()
  if (!header) {
    throw unreadable('empty', 'The file is empty: its first line must name the columns')
  }
  return readHeader(header.cells, key, header.line)
}

async function importFile(writer: ManyWriter, { path, key, readRow }: ImportRequest): Promise<ImportState> {
  const records = readCsv(path)
  const state: ImportState = {
    columns: await readColumns(records, key),
    counts: { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0 },
    rows: [],
    faults: [],
    digest: createHash('sha256'),
    seen: new Map(),
  }
  let batch: CsvRecord[] = []
  for await (const record of records) {
    state.counts.rows += 1
    batch.push(record)
    if (batch.length === ROWS_AT_ONCE) {
      await importRows(writer, state, batch, readRow)
      batch = []
    }
  }
  await importRows(writer, state, batch, readRow)
  const { actor } = writer.author
  await recordAudit(writer.trx, { action: 'items.imported', actor, detail: { ...state.counts } })
  return state
}
