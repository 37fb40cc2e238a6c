import { type Actor, type AssetValues, type ClaimedField } from '#core/assets/asset'
import { InvalidValue } from '#core/assets/errors'
import { editMany, ROWS_AT_ONCE, type RowEdit, type RowResult } from './edit_many.js'
import { inheritSerials } from './inherit_serials.js'
import { writeMany } from './write_many.js'

/** What is done to each of the assets. */
export type BulkWish =
  | { readonly action: 'set'; readonly patch: Partial<AssetValues> }
  | { readonly action: 'delete' | 'restore' }
  /** Releases the pins of these fields: the values that the rules give return at once. */
  | { readonly action: 'release'; readonly fields: readonly ClaimedField[] }

export interface BulkOutcome {
  /** Null in a dry run, and when nothing was written. */
  readonly changeSetId: number | null
  readonly rows: readonly RowResult[]
}

/** Each row has its result, and all are one answer. */
export const MOST_IN_BULK = 100_000

/** Does the same to many assets by one change set. A row that is refused stays as it is; the others are written. */
export class EditInBulk {
  /** @throws InvalidValue of the field `filter` when there are more than 100 000 */
  async handle(
    ids: readonly number[],
    wish: BulkWish,
    actor: Actor,
    options: { readonly dryRun?: boolean } = {}
  ): Promise<BulkOutcome> {
    if (ids.length > MOST_IN_BULK) {
      const message = `The filter means ${ids.length} items: at most ${MOST_IN_BULK} can be changed at once, so narrow it`
      throw new InvalidValue('filter', message, 'maxLength')
    }
    const edits = [...new Set(ids)].map((id) => toEdit(id, wish))
    const { value, changeSetId } = await writeMany(
      { kind: 'bulk_edit', actor, reason: null },
      async ({ trx, author, openSet }) => {
        const rows: RowResult[] = []
        for (let start = 0; start < edits.length; start += ROWS_AT_ONCE) {
          rows.push(...(await editMany(trx, edits.slice(start, start + ROWS_AT_ONCE), author, openSet)))
        }
        await inheritSerials(trx, { now: author.now, changeSetId: openSet })
        return rows
      },
      () => !options.dryRun
    )
    return { changeSetId, rows: value }
  }
}

function toEdit(id: number, wish: BulkWish): RowEdit {
  switch (wish.action) {
    case 'set':
      return { kind: 'edit', id, patch: wish.patch }
    case 'release':
      return { kind: 'unpin', id, fields: wish.fields }
    default:
      return { kind: wish.action, id }
  }
}
