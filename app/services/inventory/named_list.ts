import db from '@adonisjs/lucid/services/db'
import { NameTaken } from '#core/assets/name_taken'

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
export async function addName(table: 'rooms' | 'asset_types', name: string): Promise<NamedRow> {
  const taken = await db.from(table).whereRaw('lower(name) = ?', [name.toLowerCase()]).select('name').first()
  if (taken) {
    throw new NameTaken(taken.name)
  }
  const [row] = await db.knexQuery().table(table).insert({ name }).onConflict('name').ignore().returning(['id', 'name'])
  if (!row) {
    throw new NameTaken(name)
  }
  return { id: row.id, name: row.name }
}
