import { toPlanRow, type PlanRow } from '#core/reconcile/plan_row'
import { type Decision } from '#core/reconcile/resolve'
import { type SourceRecord } from '#core/reconcile/types'
import { applyBatch, type BatchOutcome } from './apply_batch.js'
import { decideBatch, toWork } from './find_work.js'
import { learnJunk } from './learn_junk.js'
import { loadRecords } from './store/record_queries.js'
import { loadSourceRanks } from './store/source_queries.js'
import { type SqlClient } from './store/sql_client.js'
import { WorkSet } from './work_set.js'

export interface Replanning {
  /** Records to decide about, by what their sources said last. */
  readonly recordIds: readonly number[]
  /** Assets to compute again. */
  readonly dirtyAssetIds: readonly number[]
  readonly now: string
  /** What a person said about all these records. */
  readonly decision?: Decision
  changeSetId(): Promise<number>
  /** Called with records before they are changed. */
  watch(trx: SqlClient, recordIds: readonly number[]): Promise<void>
}

/** Whoever was read last counts as listed: nobody reads anything here. */
const EVERYBODY = { has: () => true, add: () => false }

/**
 * Decides about records, and computes assets, by the very code that a run uses, without asking a source. Call it inside a
 * writing transaction after its clock ticked.
 */
export async function replan(trx: SqlClient, given: Replanning): Promise<BatchOutcome & { rows: PlanRow[] }> {
  const sources = await loadSourceRanks(trx)
  const records: SourceRecord[] = await loadRecords(trx, given.recordIds, null)
  const workSet = new WorkSet()
  records.filter((record) => record.closedAt === null).forEach((record) => workSet.add(record))
  const { now, dirtyAssetIds } = given
  const recordIds = new Set([...workSet].map((record) => record.id))
  const word = given.decision ? { recordIds, decision: given.decision } : null
  const together = word ? recordIds : new Set<number>()
  const work = await toWork(trx, { runId: null, sources, workSet, dirtyAssetIds, together })
  await learnJunk(trx, { runId: null, sourceId: records[0]?.sourceId ?? null, now }, work.junk)

  const outcome = { created: 0, updated: 0, rows: [] as PlanRow[] }
  for (const batch of work.batches()) {
    const deciding = { runId: null, sources, seen: EVERYBODY, isPartial: false, now, word }
    const { state, plan } = await decideBatch(trx, deciding, work, batch)
    await given.watch(trx, [
      ...plan.updates.map((update) => update.id),
      ...plan.changes.flatMap(({ createdFrom }) => createdFrom.map((record) => record.id)),
    ])
    const applied = await applyBatch(trx, plan, state, { runId: null, now, changeSetId: given.changeSetId })
    outcome.rows.push(...plan.changes.map(({ change, createdFrom }) => toPlanRow(change, createdFrom)))
    outcome.created += applied.created
    outcome.updated += applied.updated
  }
  return outcome
}
