import { type Actor } from '#core/assets/asset'
import { type RowReader } from '#services/exchange/import_rows'
import { writeMany, type ManyWriter } from '#services/inventory/write_many'
import { type DatabaseSettings } from '#start/environment/database_settings'
import { importItems, type Adjustment, type ItemCounts } from './import_items.js'
import { importRuns } from './import_runs.js'
import { importUsers } from './import_users.js'
import { type V1Database, withV1 } from './read_v1.js'

export interface V1Request {
  readonly source: Extract<DatabaseSettings, { dialect: 'postgres' }>
  readonly dryRun: boolean
  readonly readRow: RowReader
}

export interface V1Report {
  /** Null in a dry run, and when no item was new. */
  readonly changeSetId: number | null
  readonly items: ItemCounts
  /** Names of the accounts that were added, disabled. */
  readonly users: { readonly created: readonly string[]; readonly known: number }
  readonly runs: { readonly created: number; readonly known: number }
  readonly adjustments: readonly Adjustment[]
}

/**
 * Adds what a database of LAIM 1.0 holds: items by one change set that can be taken back, accounts without their
 * passwords, the sync history. All or nothing, and what was imported before is left alone, so it may run again.
 */
export class ImportV1 {
  /** @throws TransferFailed when it is no database of 1.0 */
  async handle({ source, dryRun, readRow }: V1Request, actor: Actor): Promise<V1Report> {
    return withV1(source, async (database) => {
      const head = { kind: 'import', actor, reason: 'LAIM 1.0' } as const
      const { value, changeSetId } = await writeMany(
        head,
        (writer) => importAll(writer, database, readRow),
        () => !dryRun
      )
      return { ...value, changeSetId }
    })
  }
}

async function importAll(
  writer: ManyWriter,
  database: V1Database,
  readRow: RowReader
): Promise<Omit<V1Report, 'changeSetId'>> {
  const users = await importUsers(writer.trx, database)
  const { counts, adjustments } = await importItems(writer, database, readRow)
  const runs = await importRuns(writer.trx, database, writer.author.now)
  return { items: counts, users, runs, adjustments }
}
