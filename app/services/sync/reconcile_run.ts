import { setImmediate as nextTurn } from 'node:timers/promises'
import { type TransactionClientContract, type QueryClientContract } from '@adonisjs/lucid/types/database'
import { openChangeSet } from '#services/inventory/write_changes'
import { applyBatch } from './apply_batch.js'
import { faultPoint } from './fault_point.js'
import { decideBatch, findWork, type ReconcileInput } from './find_work.js'
import { learnJunk } from './learn_junk.js'
import { type BatchPlan } from './plan_batch.js'
import { renewRun, type OwnedRun, type RunCounts } from './store/run_queries.js'
import { type SqlClient } from './store/sql_client.js'
import { tickClock } from './store/write_clock.js'

/** What an approved plan allows; without one everything that was decided is written. */
export interface Approval {
  /** Takes out of a batch what was not planned just so, or not ticked; remembers in its transaction what it left in. */
  restrict(trx: SqlClient, plan: BatchPlan): Promise<BatchPlan>
  /** All batches are written: remembers what never was. */
  finish(trx: SqlClient): Promise<void>
}

/**
 * Second half of a run: decides which record is which asset, computes every asset that is touched, and writes what
 * changed as one change set. Nothing staged and nothing dirty: no write at all.
 */
export async function reconcileRun(
  db: QueryClientContract,
  input: ReconcileInput,
  approval: Approval | null = null
): Promise<Pick<RunCounts, 'created' | 'updated'>> {
  const { run, now } = input
  const counts = { ...run.applied }
  const work = await findWork(db, input)
  if (!work) {
    return counts
  }

  if (work.junk.length > 0) {
    await db.transaction(async (trx) => {
      await tickClock(trx)
      await renewRun(trx, run, { dirty_assets: JSON.stringify(work.dirtyAssetIds) })
      await learnJunk(trx, { runId: run.id, sourceId: run.sourceId, now }, work.junk)
    })
  }
  const changeSets: { id?: number } = { id: run.changeSetId ?? undefined }
  for (const batch of work.batches) {
    await nextTurn()
    input.signal.throwIfAborted()
    const outcome = await db.transaction(async (trx) => {
      await tickClock(trx)
      await renewRun(trx, run)
      const { state, plan } = await decideBatch(trx, { ...input, runId: run.id }, work, batch)
      const changeSetId = () => changeSetOf(trx, run, changeSets, now)
      const allowed = approval ? await approval.restrict(trx, plan) : plan
      const written = await applyBatch(trx, allowed, state, { runId: run.id, now, changeSetId })
      const created = counts.created + written.created
      const updated = counts.updated + written.updated
      await renewRun(trx, run, { created, updated, deaths: 0 })
      faultPoint('batch')
      return { created, updated }
    })
    Object.assign(counts, outcome)
    faultPoint('batch-written')
  }
  return counts
}

async function changeSetOf(
  trx: TransactionClientContract,
  run: OwnedRun,
  changeSets: { id?: number },
  now: string
): Promise<number> {
  const head = { kind: 'run', runId: run.id, userId: null, actor: run.source, reason: null } as const
  if (changeSets.id === undefined) {
    changeSets.id = await openChangeSet(trx, head, now)
    await renewRun(trx, run, { change_set_id: changeSets.id })
  }
  return changeSets.id
}
