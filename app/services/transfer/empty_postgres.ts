import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ownMigrations } from '#services/operations/own_migrations'
import { execute, selectRows } from '#services/sync/store/sql_client'
import { assertUnused } from './assert_unused.js'
import { TransferFailed } from './errors.js'
import { shapeOf } from './schema_shape.js'

/**
 * Removes LAIM's tables from a PostgreSQL database that nobody else uses.
 *
 * @throws TransferFailed when somebody does, or when there are other tables too
 */
export async function emptyPostgres(trx: TransactionClientContract, tables: readonly string[]): Promise<void> {
  await assertUnused(trx)
  const { objects } = await shapeOf(await ownMigrations())
  const strange = tables.filter((table) => !objects.has(`table ${table}`))
  if (strange.length > 0) {
    throw new TransferFailed(
      `The database holds tables that this LAIM does not have (${strange.slice(0, 5).join(', ')}): name an empty database`
    )
  }
  await execute(trx, `drop table ${tables.map((table) => `"${table}"`).join(', ')} cascade`)
  for (const { name } of await ownFunctions(trx)) {
    await execute(trx, `drop function ${name}`)
  }
}

/** What the schema defines besides tables; extensions have their own. */
async function ownFunctions(trx: TransactionClientContract): Promise<{ name: string }[]> {
  return selectRows(
    trx,
    `select p.oid::regprocedure::text as name from pg_proc p
     where p.pronamespace = current_schema()::regnamespace
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`
  )
}
