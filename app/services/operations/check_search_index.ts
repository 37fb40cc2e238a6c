import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { isPostgres } from '#database/columns'
import { execute, selectRows } from '#services/sync/store/sql_client'
import { fail, pass, type Finding } from './finding.js'

const FIX = 'Make a backup and restore it: that builds the index anew'

/** Whether a search finds what is there. `isThorough` reads the whole index of SQLite beside the items. */
export async function checkSearchIndex(client: QueryClientContract, isThorough: boolean): Promise<Finding> {
  const fault = isPostgres(client) ? await findPostgresFault(client) : await findSqliteFault(client, isThorough)
  return fault === null ? pass('search', 'the index knows every item') : fail('search', fault, FIX)
}

async function findPostgresFault(client: QueryClientContract): Promise<string | null> {
  const [index] = await selectRows<{ valid: boolean }>(
    client,
    `select indisvalid as valid from pg_index where indexrelid = to_regclass('assets_search')`
  )
  return index?.valid ? null : 'the index does not exist or is not complete'
}

async function findSqliteFault(client: QueryClientContract, isThorough: boolean): Promise<string | null> {
  const [count] = await selectRows<{ items: number; entries: number }>(
    client,
    'select (select count(*) from assets) as items, (select count(*) from assets_fts_docsize) as entries'
  )
  if (count!.items !== count!.entries) {
    return `the index knows ${count!.entries} of ${count!.items} items`
  }
  try {
    if (isThorough) {
      await execute(client, `insert into assets_fts(assets_fts, rank) values ('integrity-check', 1)`)
    }
    return null
  } catch {
    return 'the index does not say what the items say'
  }
}
