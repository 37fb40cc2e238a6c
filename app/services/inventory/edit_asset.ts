import { type Actor, type AssetValues } from '#core/assets/asset'
import { AssetNotFound } from '#core/assets/errors'
import { deletePins, savePins } from '#services/sync/store/pin_queries'
import { loadKnownAsset, loadSurroundings, writeAlone } from './asset_transaction.js'
import { checkValues } from './check_values.js'
import { computeAsset, toChange } from './compute_asset.js'
import { planPersonEdit } from './person_edit.js'
import { inheritSerials } from './inherit_serials.js'
import { openChangeSet } from './change_set.js'
import { writeChanges } from './write_changes.js'

export interface EditOptions {
  /** Refuse when the asset has another revision by now. */
  readonly ifRevision?: number
  readonly reason?: string
}

/**
 * Changes fields of an asset by a person's word. What a source feeds is pinned, so that the next sync keeps it; what
 * is already so stays untouched, so that saving a form pins nothing that nobody typed.
 */
export class EditAsset {
  /** @throws AssetNotFound, also when it was deleted; StaleRevision, InvalidValue, ValueTaken */
  async handle(
    id: number,
    patch: Partial<AssetValues>,
    actor: Actor,
    options: EditOptions = {}
  ): Promise<{ assetId: number; changeSetId: number | null }> {
    return writeAlone(async (trx, now) => {
      const { asset, records } = await loadKnownAsset(trx, id, options.ifRevision)
      if (!asset.view.isActive) {
        throw new AssetNotFound(id)
      }
      const reason = options.reason ?? null
      const { values, touched, pins, formerPins, edited } = planPersonEdit(asset, records, patch, {
        actor,
        reason,
        now,
      })
      await checkValues(trx, values, id)

      const surroundings = await loadSurroundings(trx, records, [], now)
      const change = toChange(asset, computeAsset(edited, records, id, surroundings), reason)
      await deletePins(trx, id, touched)
      await savePins(trx, id, pins, actor.userId)
      if (!change) {
        return { assetId: id, changeSetId: null }
      }
      const head = { kind: 'edit', runId: null, userId: actor.userId, actor: actor.name, reason } as const
      const changeSetId = await openChangeSet(trx, head, now)
      await writeChanges(trx, changeSetId, [{ ...change, detail: { pins: formerPins } }], now)
      await inheritSerials(trx, { now, changeSetId: async () => changeSetId })
      return { assetId: id, changeSetId }
    })
  }
}
