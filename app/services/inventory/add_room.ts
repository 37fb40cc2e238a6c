import { type Actor } from '#core/assets/asset'
import { addName, type NamedRow } from './named_list.js'

/** Adds a place where assets can stand. */
export class AddRoom {
  /** @throws NameTaken */
  handle(name: string, actor: Actor): Promise<NamedRow> {
    return addName('rooms', name, actor)
  }
}
