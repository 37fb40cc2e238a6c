import db from '@adonisjs/lucid/services/db'
import { type NamedRow } from './named_list.js'

/** Every room, by name. */
export class ListRooms {
  async handle(): Promise<NamedRow[]> {
    return db.from('rooms').select('id', 'name').orderBy('name')
  }
}
