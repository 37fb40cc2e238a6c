import { type TransactionClientContract, type QueryClientContract } from '@adonisjs/lucid/types/database'
import { review } from '#core/reconcile/review'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { type SourceRank } from '#core/reconcile/types'
import { openChangeSet } from '#services/inventory/write_changes'
import { applyBatch } from './apply_batch.js'
import { findComponents, type ComponentIds } from './find_components.js'
import { loadBatch } from './load_batch.js'
import { planBatch } from './plan_batch.js'
import { assetsCarrying, denyValues, loadDenylist } from './store/evidence_queries.js'
import { loadWorkSet } from './store/link_queries.js'
import { openReviews } from './store/review_queries.js'
import { renewRun, type OwnedRun, type RunCounts } from './store/run_queries.js'
import { tickClock } from './store/write_clock.js'

/** Records decided in one transaction: short enough that a page of the console never waits long for the writer. */
const BATCH = 200

export interface ReconcileInput {
  readonly run: OwnedRun
  readonly sources: ReadonlyMap<number, SourceRank>
  readonly seen: SeenRecords
  /** Assets whose presence may have changed. */
  readonly dirtyAssetIds: readonly number[]
  /** The source was read in part: what it left out is kept. */
  readonly isPartial: boolean
  readonly now: string
  readonly signal: AbortSignal
}

/**
 * Second half of a run: decides which record is which asset, computes every asset that is touched, and writes what
 * changed as one change set. Nothing staged and nothing dirty: no write at all.
 */
export async function reconcileRun(
  db: QueryClientContract,
  input: ReconcileInput
): Promise<Pick<RunCounts, 'created' | 'updated'>> {
  const { run, sources, now, signal } = input
  const counts = { created: 0, updated: 0 }
  const work = await loadWorkSet(db, run.id)
  if (work.length === 0 && input.dirtyAssetIds.length === 0) {
    return counts
  }

  const denied = await loadDenylist(db)
  const found = await findComponents(db, run.id, work, sources, denied)
  const carriers = await learnJunk(db, input, found.junk)
  found.junk.forEach(({ kind, value }) => denied.add(`${kind} ${value}`))

  const workIds = new Set(work.map((record) => record.id))
  const changeSets: { id?: number } = {}
  const rounds = toBatches(found.components, [...new Set([...input.dirtyAssetIds, ...carriers])])
  for (const { components, dirtyAssetIds } of rounds) {
    signal.throwIfAborted()
    const outcome = await db.transaction(async (trx) => {
      await tickClock(trx)
      await renewRun(trx, run, { phase: 'reconciling', ...counts })
      const state = await loadBatch(trx, {
        runId: run.id,
        components,
        drifts: found.drifts,
        workIds,
        dirtyAssetIds,
        seen: input.seen,
        isPartial: input.isPartial,
        now,
      })
      const plan = planBatch(state, { sources, denied, serialOwners: state.serialOwners, now })
      const changeSetId = () => changeSetOf(trx, run, changeSets, now)
      return applyBatch(trx, plan, state, { runId: run.id, now, changeSetId })
    })
    counts.created += outcome.created
    counts.updated += outcome.updated
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
  changeSets.id ??= await openChangeSet(trx, head, now)
  return changeSets.id
}

/** Remembers values that too many devices carry; answers the assets that were known by them. */
async function learnJunk(
  db: QueryClientContract,
  { run, now }: ReconcileInput,
  junk: readonly { kind: string; value: string; reason: string }[]
): Promise<number[]> {
  if (junk.length === 0) {
    return []
  }
  const carriers = await assetsCarrying(db, junk)
  await db.transaction(async (trx) => {
    await tickClock(trx)
    await renewRun(trx, run)
    await denyValues(trx, junk, now)
    await openReviews(
      trx,
      run.id,
      junk.map(({ kind, value, reason }) => ({
        ...review('junk_identifier', [], [], `${kind} ${value} is no evidence any more: ${reason}`),
        dedupeKey: `junk_identifier:${kind}:${value}`.slice(0, 255),
        sourceId: run.sourceId,
      })),
      now
    )
  })
  return carriers
}

/** Components in batches, none torn apart; what is only to be computed again comes last. */
function toBatches(
  components: readonly ComponentIds[],
  dirtyAssetIds: readonly number[]
): { components: ComponentIds[]; dirtyAssetIds: number[] }[] {
  const batches: { components: ComponentIds[]; dirtyAssetIds: number[] }[] = []
  let size = BATCH
  for (const component of components) {
    if (size >= BATCH) {
      batches.push({ components: [], dirtyAssetIds: [] })
      size = 0
    }
    batches.at(-1)!.components.push(component)
    size += component.recordIds.length
  }
  for (let start = 0; start < dirtyAssetIds.length; start += BATCH) {
    batches.push({ components: [], dirtyAssetIds: dirtyAssetIds.slice(start, start + BATCH) })
  }
  return batches
}
