import { inject } from '@adonisjs/core'
import { type Actor, type ClaimedField } from '#core/assets/asset'
import { editMany, ROWS_AT_ONCE, type RowEdit } from './edit_many.js'
import { inheritSerials } from './inherit_serials.js'
import { ListPins, type PinFilter } from './list_pins.js'
import { pinnableFieldOrFail } from './pin_field.js'
import { writeMany } from './write_many.js'

/** One field of one asset, under the API's name. */
export interface PinnedField {
  readonly assetId: number
  readonly field: string
}

export interface ReleaseOutcome {
  /** Null when no value changed. */
  readonly changeSetId: number | null
  /** Assets of which a value changed. */
  readonly changed: number
}

/** Releases many pins by one change set: the values that the rules give return at once. */
@inject()
export class ReleasePins {
  constructor(private listPins: ListPins) {}

  /** Releasing what is not pinned changes nothing. Assets that were deleted meanwhile are passed over. */
  async handle(pins: readonly PinnedField[], actor: Actor): Promise<ReleaseOutcome> {
    const edits = toEdits(pins)
    const { value, changeSetId } = await writeMany(
      { kind: 'bulk_edit', actor, reason: 'pins released' },
      async ({ trx, author, openSet }) => {
        let changed = 0
        for (let start = 0; start < edits.length; start += ROWS_AT_ONCE) {
          const results = await editMany(trx, edits.slice(start, start + ROWS_AT_ONCE), author, openSet)
          changed += results.filter(({ outcome }) => outcome === 'updated').length
        }
        await inheritSerials(trx, { now: author.now, changeSetId: openSet })
        return changed
      },
      () => true
    )
    return { changeSetId, changed: value }
  }

  /** Releases every pin that the filter means. */
  async matching(filter: PinFilter, actor: Actor): Promise<ReleaseOutcome> {
    return this.handle(await this.listPins.handle({ ...filter, limit: Number.MAX_SAFE_INTEGER }), actor)
  }
}

function toEdits(pins: readonly PinnedField[]): RowEdit[] {
  const byAsset = Map.groupBy(pins, ({ assetId }) => assetId)
  return [...byAsset].map(([id, own]) => {
    const fields = new Set<ClaimedField>(own.map(({ field }) => pinnableFieldOrFail(field)))
    return { kind: 'unpin', id, fields: [...fields] }
  })
}
