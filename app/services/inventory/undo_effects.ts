import { reversed, takeRecordBack, type RecordState, type SideEffect } from '#core/reconcile/side_effect'
import { loadAssets } from '#services/sync/store/asset_queries'
import {
  loadBaselineOf,
  loadDenial,
  loadRecordStates,
  loadReviewState,
  saveBaseline,
  saveDenial,
  saveRecordStates,
  saveReviewState,
} from '#services/sync/store/effect_queries'
import { recordsReporting } from '#services/sync/store/evidence_queries'
import { assetOfObservation, isStored, rewriteObservations } from '#services/sync/store/link_queries'
import { deletePins, savePins } from '#services/sync/store/pin_queries'
import { type SqlClient } from '#services/sync/store/sql_client'
import { deleteVerdicts, saveVerdicts } from '#services/sync/store/verdict_queries'
import { type Undoing } from './undoing.js'
import { editedCreations, type UndoConflict } from './undo_entries.js'
import { type EntryOfAsset } from './undo_entry.js'
import { replaceIdentifiers } from './index_assets.js'

type RecordEffect = Extract<SideEffect, { kind: 'record' }>

/** Assets whose records moved back, and what stayed because somebody moved it since. */
export interface UndoneEffects {
  readonly assetIds: readonly number[]
  readonly conflicts: readonly UndoConflict[]
}

/**
 * Takes back what a decision changed besides assets: links of records, pins, verdicts, reviews. What somebody changed
 * since stays. The identifiers of the assets that records leave or join are put down, so that each can take up its own.
 */
export async function undoEffects(
  undoing: Undoing,
  changeSetId: number,
  effects: readonly SideEffect[],
  entries: readonly EntryOfAsset[]
): Promise<UndoneEffects> {
  await undoing.open()
  const records = effects.filter((effect) => effect.kind === 'record')
  // What the decision made and a person edited since stays, with its records.
  const outcome = await undoRecords(undoing, records, await editedCreations(undoing.trx, entries))
  const assetIds = new Set(outcome.assetIds)
  for (const effect of effects.filter((one) => one.kind !== 'record').reverse()) {
    if (await undoEffect(undoing, changeSetId, effect)) {
      undoing.effects.add(reversed(effect))
      const concerned = await assetsConcerned(undoing.trx, effect)
      concerned.forEach((id) => assetIds.add(id))
    }
  }
  await putDownIdentifiers(undoing.trx, [...assetIds])
  return { ...outcome, assetIds: [...assetIds] }
}

/** Assets that an effect changes the computing of. */
async function assetsConcerned(trx: SqlClient, effect: Exclude<SideEffect, RecordEffect>): Promise<number[]> {
  switch (effect.kind) {
    case 'pin':
      return [effect.assetId]
    case 'observation':
      return assetOfObservation(trx, effect.id)
    case 'denial': {
      const records = await recordsReporting(trx, effect.value)
      return records.flatMap((record) => record.assetId ?? [])
    }
    default:
      return []
  }
}

/** Takes the identifiers off active assets, so that each can take up its own, in whatever order they are computed. */
export async function putDownIdentifiers(trx: SqlClient, assetIds: readonly number[]): Promise<void> {
  const assets = await loadAssets(trx, assetIds)
  const active = assetIds.filter((id) => assets.get(id)?.view.isActive)
  await replaceIdentifiers(
    trx,
    active.map((assetId) => ({ assetId, identifiers: [] }))
  )
}

async function undoRecords(
  { trx, now, effects: log }: Undoing,
  effects: readonly RecordEffect[],
  staying: ReadonlySet<number>
): Promise<UndoneEffects> {
  const ids = effects.map((effect) => effect.after.id)
  await log.watch(trx, ids)
  const current = await loadRecordStates(trx, ids)
  const states: RecordState[] = []
  const assetIds = new Set<number>()
  const conflicts = new Map<number, UndoConflict>()
  for (const effect of effects) {
    const { before, after } = effect
    const present = current.get(after.id)
    if (!present || (after.assetId !== null && staying.has(after.assetId))) {
      continue
    }
    const { state, isMoved } = takeRecordBack(effect, present, now)
    const owner = before?.assetId ?? null
    if (isMoved && owner !== null) {
      conflicts.set(owner, { assetId: owner, fields: [], reason: 'its records were linked elsewhere since' })
    }
    states.push(state)
    for (const id of [owner, after.assetId, present.assetId]) {
      assetIds.add(id ?? 0)
    }
  }
  assetIds.delete(0)
  await saveRecordStates(trx, states)
  return { assetIds: [...assetIds], conflicts: [...conflicts.values()] }
}

/** Answers false when the effect is no longer as the decision left it: then it stays. */
async function undoEffect(
  undoing: Undoing,
  undoneId: number,
  effect: Exclude<SideEffect, RecordEffect>
): Promise<boolean> {
  const { trx, actor, now } = undoing
  switch (effect.kind) {
    case 'pin': {
      const assets = await loadAssets(trx, [effect.assetId])
      const pins = assets.get(effect.assetId)?.pins ?? []
      const present = pins.find((pin) => pin.field === effect.field) ?? null
      if (!isSame(present, effect.after)) {
        return false
      }
      await deletePins(trx, effect.assetId, [effect.field])
      await savePins(trx, effect.assetId, effect.before ? [effect.before] : [], actor.userId)
      return true
    }
    case 'observation':
      if (!(await isStored(trx, effect.id))) {
        return false
      }
      await rewriteObservations(trx, [{ id: effect.id, ...effect.before }])
      return true
    case 'review': {
      const present = await loadReviewState(trx, effect.id)
      return isSame(present, effect.after) && (await saveReviewState(trx, effect.id, effect.before))
    }
    case 'verdicts':
      await deleteVerdicts(trx, undoneId)
      await saveVerdicts(trx, effect.before, { changeSetId: undoing.changeSetId!, actor: actor.name }, now)
      return true
    case 'baseline': {
      const isThere = (await loadBaselineOf(trx, effect.sourceId)) === effect.after
      await (isThere && saveBaseline(trx, effect.sourceId, effect.before))
      return isThere
    }
    case 'denial': {
      const { kind, value } = effect.value
      const isThere = isSame(await loadDenial(trx, kind, value), effect.after)
      await (isThere && saveDenial(trx, effect.value, effect.before, now))
      return isThere
    }
  }
}

/** Equal by their contents; keys in any order, since databases keep their own. */
function isSame(a: object | null, b: object | null): boolean {
  const text = (value: object | null) =>
    JSON.stringify(value && Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
  return text(a) === text(b)
}
