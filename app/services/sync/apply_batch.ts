import { reindexAssets } from '#services/inventory/index_assets'
import { writeChanges } from '#services/inventory/write_changes'
import { type BatchState } from './load_batch.js'
import { type BatchPlan } from './plan_batch.js'
import { type SqlClient } from './store/sql_client.js'
import { deleteObservations, saveClaimTimes, updateRecords, type RecordUpdate } from './store/link_queries.js'
import { openReviews } from './store/review_queries.js'

/** What a batch did to the inventory. */
export interface BatchOutcome {
  readonly created: number
  readonly updated: number
}

export interface ApplyTarget {
  /** Null: a person decided, not a run. */
  readonly runId: number | null
  readonly now: string
  /** Makes the run's change set when the first change is written. */
  changeSetId(): Promise<number>
}

/** Writes a planned batch: assets by their change set, links, promoted observations and reviews. */
export async function applyBatch(
  trx: SqlClient,
  plan: BatchPlan,
  state: BatchState,
  target: ApplyTarget
): Promise<BatchOutcome> {
  const updates: Omit<RecordUpdate, 'observationId' | 'contentHash'>[] = [...plan.updates]
  if (plan.changes.length > 0) {
    const changes = plan.changes.map(({ change }) => change)
    const ids = await writeChanges(trx, await target.changeSetId(), changes, target.now)
    plan.changes.forEach(({ createdFrom }, index) => {
      for (const { id } of createdFrom) {
        updates.push({ id, assetId: ids[index]!, linkState: 'linked', linkRule: 'new' })
      }
    })
  }
  await reindexAssets(trx, plan.identifiersOnly)
  await promote(trx, updates, state, target)
  await openReviews(trx, target.runId, plan.reviews, target.now)

  const created = plan.changes.filter(({ change }) => change.action === 'create').length
  return { created, updated: plan.changes.length - created }
}

/** Makes staged observations current, and forgets those that they replace. Untouched held records are left alone. */
async function promote(
  trx: SqlClient,
  updates: readonly Omit<RecordUpdate, 'observationId' | 'contentHash'>[],
  state: BatchState,
  target: ApplyTarget
): Promise<void> {
  const records = new Map(
    state.components.flatMap(({ records: unlinked, linked }) =>
      [...unlinked, ...linked].map((record) => [record.id, record] as const)
    )
  )
  const changed = updates.flatMap((update) => {
    const record = records.get(update.id)
    const isSame = !record?.isStaged && record?.linkState === update.linkState && record.assetId === update.assetId
    return record && !isSame ? [{ update, record }] : []
  })
  await updateRecords(
    trx,
    target.runId,
    changed.map(({ update, record }) => ({
      ...update,
      observationId: record.observation.id,
      contentHash: record.observation.contentHash,
    }))
  )
  await saveClaimTimes(
    trx,
    changed.flatMap(({ record }) => {
      const { claimedAt } = record.observation
      return record.former && Object.keys(claimedAt).length > 0 ? [{ id: record.observation.id, claimedAt }] : []
    })
  )
  await deleteObservations(
    trx,
    changed.flatMap(({ record }) => record.former?.id ?? [])
  )
}
