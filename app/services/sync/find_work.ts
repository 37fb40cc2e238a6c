import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { type SourceRank } from '#core/reconcile/types'
import { findComponents, type ComponentIds, type FoundComponents } from './find_components.js'
import { loadBatch, type BatchState } from './load_batch.js'
import { planBatch, type BatchPlan } from './plan_batch.js'
import { type SqlClient } from './store/sql_client.js'
import { assetsCarrying, loadDenylist } from './store/evidence_queries.js'
import { loadWorkSet } from './store/link_queries.js'
import { type OwnedRun } from './store/run_queries.js'

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

/** What a run has to decide, in batches that each fit one transaction. Finding it writes nothing. */
export interface Work {
  readonly batches: readonly { readonly components: ComponentIds[]; readonly dirtyAssetIds: number[] }[]
  readonly recordIds: ReadonlySet<number>
  readonly drifts: FoundComponents['drifts']
  readonly denied: ReadonlySet<string>
  /** Values that turned out to be junk in this run. */
  readonly junk: FoundComponents['junk']
}

/** Null: nothing is staged, nobody waits and nothing is dirty. */
export async function findWork(db: QueryClientContract, input: ReconcileInput): Promise<Work | null> {
  const workSet = await loadWorkSet(db, input.run.id)
  if (workSet.length === 0 && input.dirtyAssetIds.length === 0) {
    return null
  }
  const denied = await loadDenylist(db)
  const { components, drifts, junk } = await findComponents(db, input.run.id, workSet, input.sources, denied)
  const carriers = junk.length > 0 ? await assetsCarrying(db, junk) : []
  junk.forEach(({ kind, value }) => denied.add(`${kind} ${value}`))
  return {
    batches: toBatches(components, [...new Set([...input.dirtyAssetIds, ...carriers])]),
    recordIds: new Set(workSet.map((record) => record.id)),
    drifts,
    denied,
    junk,
  }
}

/** Loads and decides one batch. Loading may settle records that drifted, so it belongs into a transaction. */
export async function decideBatch(
  trx: SqlClient,
  input: ReconcileInput,
  work: Work,
  batch: Work['batches'][number]
): Promise<{ state: BatchState; plan: BatchPlan }> {
  const state = await loadBatch(trx, {
    ...batch,
    runId: input.run.id,
    drifts: work.drifts,
    workIds: work.recordIds,
    seen: input.seen,
    isPartial: input.isPartial,
    now: input.now,
  })
  const { serialOwners } = state
  const plan = planBatch(state, { sources: input.sources, denied: work.denied, serialOwners, now: input.now })
  return { state, plan }
}

/** Components in batches, none torn apart; what is only to be computed again comes last. */
function toBatches(components: readonly ComponentIds[], dirtyAssetIds: readonly number[]): Work['batches'] {
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
