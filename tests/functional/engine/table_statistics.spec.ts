import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { isPostgres } from '#database/columns'
import { lookAtGrownTables } from '#services/sync/store/table_statistics'

/** Pages of 8 KiB: 80 GB. */
const PAGES = 10_000_000

test.group('What the database knows of its tables', () => {
  test('a run begins also where a table is larger than any number of 32 bits', async ({ assert, cleanup }) => {
    const trx = await db.transaction()
    cleanup(() => trx.rollback())
    if (isPostgres(trx)) {
      await trx.rawQuery(
        `update pg_class set relpages = ?, reltuples = 1e9 where relname in ('observations', 'asset_identifiers')`,
        [PAGES]
      )
    }

    await assert.doesNotReject(() => lookAtGrownTables(trx, 'claims'))
    await assert.doesNotReject(() => lookAtGrownTables(trx, 'assets'))
  })
})
