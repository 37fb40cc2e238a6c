import db from '@adonisjs/lucid/services/db'
import { ASSET_TYPES } from '#core/assets/asset_type'
import { isPostgres } from '#database/columns'

/** What every inventory has before anything is imported. */
export async function fillTypes(): Promise<void> {
  const known = await db.from('asset_types').limit(1)
  if (known.length === 0) {
    await db.table('asset_types').multiInsert(ASSET_TYPES.map(({ name }) => ({ name })))
  }
}

/** Processes of the server that work for this one. */
export async function serverPids(): Promise<number[]> {
  if (!isPostgres(db.connection())) {
    return []
  }
  const { rows } = (await db.rawQuery(
    `select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`
  )) as { rows: { pid: number }[] }
  return rows.map(({ pid }) => pid)
}
