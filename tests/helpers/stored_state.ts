import db from '@adonisjs/lucid/services/db'

/** What an attack would change: rows of people, access and inventory, without the times of their last use. */
const TABLES = {
  users: ['id', 'username', 'email', 'password', 'role', 'is_active'],
  auth_access_tokens: ['id', 'tokenable_id', 'hash', 'abilities', 'expires_at'],
  asset_types: ['name'],
  rooms: ['name'],
  assets: ['id', 'revision', 'hostname', 'is_active'],
  change_sets: ['id', 'kind'],
  pins: ['asset_id', 'field', 'value'],
  reviews: ['id', 'state'],
  sync_runs: ['id', 'status'],
}

/** The state as one value that tests compare before and after what must change nothing. */
export async function readStoredState(): Promise<Record<string, unknown[]>> {
  const state: Record<string, unknown[]> = {}
  for (const [table, columns] of Object.entries(TABLES)) {
    const rows: unknown[] = await db.from(table).select(columns).orderBy(columns[0]!)
    state[table] = rows
  }
  return state
}
