import { addName, type NamedRow } from './named_list.js'

/** Adds a place where assets can stand. */
export class AddRoom {
  /** @throws NameTaken */
  handle(name: string): Promise<NamedRow> {
    return addName('rooms', name)
  }
}
