import db from '@adonisjs/lucid/services/db'
import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type Actor } from '#core/assets/asset'
import { NameTaken } from '#core/assets/name_taken'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'

/** A row of the rooms or of the asset types. */
export interface NamedRow {
  readonly id: number
  readonly name: string
}

/**
 * Adds a name to a list of names, unless the list has it in other capitals. Two requests at once may both look
 * first; the unique index then refuses the second.
 *
 * @throws NameTaken
 */
export async function addName(table: 'rooms' | 'asset_types', name: string, actor: Actor): Promise<NamedRow> {
  return shortTransaction(db.connection(), async (trx) => {
    const row = await insertName(trx, table, name)
    const action = table === 'rooms' ? 'room.added' : 'item_type.added'
    await recordAudit(trx, { action, actor, target: row.name })
    return row
  })
}

async function insertName(trx: TransactionClientContract, table: string, name: string): Promise<NamedRow> {
  const taken = await trx.from(table).whereRaw('lower(name) = ?', [name.toLowerCase()]).select('name').first()
  if (taken) {
    throw new NameTaken(taken.name)
  }
  const [row] = await trx
    .knexQuery()
    .table(table)
    .insert({ name })
    .onConflict('name')
    .ignore()
    .returning(['id', 'name'])
  if (!row) {
    throw new NameTaken(name)
  }
  return { id: row.id, name: row.name }
}
