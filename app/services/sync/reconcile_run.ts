import { type TransactionClientContract, type QueryClientContract } from '@adonisjs/lucid/types/database'
import { inheritSerials } from '#services/inventory/inherit_serials'
import { openChangeSet } from '#services/inventory/change_set'
import { applyBatch } from './apply_batch.js'
import { faultPoint } from './fault_point.js'
import { decideBatch, findWork, type Batch, type ReconcileInput, type Work } from './find_work.js'
import { learnJunk } from './learn_junk.js'
import { type BatchPlan } from './plan_batch.js'
import { heirsOfSerials } from './store/evidence_queries.js'
import { renewRun, type OwnedRun, type RunCounts } from './store/run_queries.js'
import { type SqlClient } from './store/sql_client.js'
import { lookAtGrownTables } from './store/table_statistics.js'
import { letOthersWrite, tickClock } from './store/write_clock.js'
import { refusalOf, rejectFailures, writeOneByOne, type StoreFailure } from './write_one_by_one.js'

/** What an approved plan allows; without one everything that was decided is written. */
export interface Approval {
  /** Takes out of a batch what was not planned just so, or not ticked; remembers in its transaction what it left in. */
  restrict(trx: SqlClient, plan: BatchPlan): Promise<BatchPlan>
  /** All batches are written: remembers what never was. */
  finish(trx: SqlClient): Promise<void>
}

/** What reconciling wrote, and what it could not write. */
export interface Reconciled extends Pick<RunCounts, 'created' | 'updated'> {
  readonly failures: readonly StoreFailure[]
}

/**
 * Second half of a run: decides which record is which asset, computes every asset that is touched, and writes what
 * changed as one change set. Nothing staged and nothing dirty: no write at all. A batch that the database refuses is
 * written device by device, so that one that cannot be stored does not keep the others out.
 */
export async function reconcileRun(
  db: QueryClientContract,
  input: ReconcileInput,
  approval: Approval | null = null
): Promise<Reconciled> {
  const { run, now } = input
  const progress: Progress = { ...run.applied, changeSetId: run.changeSetId }
  const failures: StoreFailure[] = []
  let isFirst = true
  const work = await findWork(db, input)
  if (!work) {
    return { ...run.applied, failures }
  }

  if (work.junk.length > 0 || work.dirtyAssetIds.length > input.dirtyAssetIds.length) {
    await db.transaction(async (trx) => {
      await tickClock(trx)
      await renewRun(trx, run, { dirty_assets: JSON.stringify(work.dirtyAssetIds) })
      await learnJunk(trx, { runId: run.id, sourceId: run.sourceId, now }, work.junk)
    })
  }
  for (const batch of work.batches()) {
    await letOthersWrite(db)
    input.signal.throwIfAborted()
    const write = (part: Batch) => writeBatch(db, input, work, part, approval, progress)
    if ((await refusalOf(() => write(batch))) !== null) {
      failures.push(...(await writeOneByOne(db, run.id, batch, write)))
    }
    faultPoint('batch-written')
    await (isFirst && lookAtGrownTables(db, 'assets'))
    isFirst = false
  }
  await settleSerials(db, run, progress, now)
  await rejectFailures(db, run, failures)
  return { created: progress.created, updated: progress.updated, failures }
}

/** How far the writing is. */
interface Progress {
  created: number
  updated: number
  changeSetId: number | null
}

async function writeBatch(
  db: QueryClientContract,
  input: ReconcileInput,
  work: Work,
  batch: Batch,
  approval: Approval | null,
  progress: Progress
): Promise<void> {
  const { run, now } = input
  const written = await db.transaction(async (trx) => {
    await tickClock(trx)
    await renewRun(trx, run)
    const after: Progress = { ...progress }
    const { state, plan } = await decideBatch(trx, { ...input, runId: run.id }, work, batch)
    const changeSetId = async () => (after.changeSetId ??= await openRunSet(trx, run, now))
    const allowed = approval ? await approval.restrict(trx, plan) : plan
    const outcome = await applyBatch(trx, allowed, state, { runId: run.id, now, changeSetId })
    after.created += outcome.created
    after.updated += outcome.updated
    await renewRun(trx, run, { created: after.created, updated: after.updated, deaths: 0 })
    faultPoint('batch')
    return after
  })
  Object.assign(progress, written)
}

async function openRunSet(trx: TransactionClientContract, run: OwnedRun, now: string): Promise<number> {
  const head = { kind: 'run', runId: run.id, userId: null, actor: run.source, reason: null } as const
  const changeSetId = await openChangeSet(trx, head, now)
  await renewRun(trx, run, { change_set_id: changeSetId })
  return changeSetId
}

/** Serials that this run took from assets go to those that claim them too. */
async function settleSerials(db: QueryClientContract, run: OwnedRun, progress: Progress, now: string): Promise<void> {
  const heirs = await heirsOfSerials(db)
  if (heirs.length === 0) {
    return
  }
  const settled = await db.transaction(async (trx) => {
    await tickClock(trx)
    await renewRun(trx, run)
    let id = progress.changeSetId
    const { updated } = await inheritSerials(trx, {
      now,
      changeSetId: async () => (id ??= await openRunSet(trx, run, now)),
    })
    await renewRun(trx, run, { updated: progress.updated + updated })
    return { changeSetId: id, updated: progress.updated + updated }
  })
  Object.assign(progress, settled)
}
