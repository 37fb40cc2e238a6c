import db from '@adonisjs/lucid/services/db'
import { ASSET_TYPES } from '#core/assets/asset_type'

/** The item types and rooms that every inventory has. For the transaction of a test. */
export async function addNames() {
  await db.table('asset_types').multiInsert(ASSET_TYPES.map(({ name, icon }, position) => ({ name, icon, position })))
  await db.table('rooms').multiInsert([{ name: '2265' }, { name: '2266' }])
}
