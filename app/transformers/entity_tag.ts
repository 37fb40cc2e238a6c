import { type Asset } from '#core/assets/asset'
import { StaleRevision } from '#core/assets/errors'

const ENTITY_TAG = /^"(\d+)-(\d+)"$/

/** The strong ETag of an item: the time of its last sync, which no one edits, does not change it. */
export function toEntityTag({ id, revision }: Pick<Asset, 'id' | 'revision'>): string {
  return `"${id}-${revision}"`
}

/**
 * The revision that an `If-Match` header demands of an item; undefined if it demands none.
 *
 * @throws StaleRevision if no tag in the header is the item's current one
 */
export function readIfMatch(header: string | undefined, { id, revision }: Pick<Asset, 'id' | 'revision'>) {
  if (header === undefined || header.trim() === '*') {
    return undefined
  }
  const revisions = header
    .split(',')
    .map((tag) => ENTITY_TAG.exec(tag.trim()))
    .filter((match) => match !== null && Number(match[1]) === id)
    .map((match) => Number(match?.[2]))
  if (!revisions.includes(revision)) {
    throw new StaleRevision(id, revision)
  }
  return revision
}
