import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { type SourceRank } from '#core/reconcile/types'
import { type Verdicts } from '#core/reconcile/verdicts'
import { findComponents, type ComponentIds, type FoundComponents, type WorkRecord } from './find_components.js'
import { loadBatch, type BatchState } from './load_batch.js'
import { planBatch, type BatchPlan, type PersonsWord } from './plan_batch.js'
import { type SqlClient } from './store/sql_client.js'
import { loadAllowed, loadDenylist } from './store/denylist_queries.js'
import { assetsCarrying } from './store/evidence_queries.js'
import { loadWorkSet } from './store/link_queries.js'
import { type StageRun } from './store/record_queries.js'
import { type OwnedRun } from './store/run_queries.js'
import { loadVerdicts } from './store/verdict_queries.js'

/** Records decided in one transaction: short enough that a page of the console never waits long for the writer. */
const BATCH = 500

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
  readonly verdicts: Verdicts
  /** Values that turned out to be junk in this run. */
  readonly junk: FoundComponents['junk']
  /** Assets to compute again, also those that carry junk. */
  readonly dirtyAssetIds: readonly number[]
}

/** Null: nothing is staged, nobody waits and nothing is dirty. */
export async function findWork(db: QueryClientContract, input: ReconcileInput): Promise<Work | null> {
  const workSet = await loadWorkSet(db, input.run.id)
  if (workSet.length === 0 && input.dirtyAssetIds.length === 0) {
    return null
  }
  const { sources, dirtyAssetIds, isPartial } = input
  return toWork(db, { runId: input.run.id, sources, workSet, dirtyAssetIds, isPartial })
}

/** Joins records by their evidence, as it is now, and puts what is to decide into batches. */
export async function toWork(
  client: SqlClient,
  given: {
    readonly runId: StageRun
    readonly sources: ReadonlyMap<number, SourceRank>
    readonly workSet: readonly WorkRecord[]
    readonly dirtyAssetIds: readonly number[]
    /** Records that a person called one device. */
    readonly together?: ReadonlySet<number>
    readonly isPartial?: boolean
  }
): Promise<Work> {
  const [denied, allowed] = [await loadDenylist(client), await loadAllowed(client)]
  const verdicts = await loadVerdicts(client)
  const together = given.together ?? new Set<number>()
  const context = { sources: given.sources, denied, allowed, verdicts, together, isPartial: given.isPartial ?? false }
  const { components, drifts, junk } = await findComponents(client, given.runId, given.workSet, context)
  const carriers = junk.length > 0 ? await assetsCarrying(client, junk) : []
  junk.forEach(({ kind, value }) => denied.add(`${kind} ${value}`))
  const dirtyAssetIds = [...new Set([...given.dirtyAssetIds, ...carriers])]
  return {
    batches: toBatches(components, dirtyAssetIds),
    dirtyAssetIds,
    recordIds: new Set(given.workSet.map((record) => record.id)),
    drifts,
    denied,
    verdicts,
    junk,
  }
}

/** What deciding needs to know besides the work. */
export interface Deciding extends Pick<ReconcileInput, 'sources' | 'isPartial' | 'now'> {
  readonly runId: StageRun
  readonly seen: Pick<SeenRecords, 'has' | 'add'>
  readonly word?: PersonsWord | null
}

/** Loads and decides one batch. Loading may settle records that drifted, so it belongs into a transaction. */
export async function decideBatch(
  trx: SqlClient,
  input: Deciding,
  work: Work,
  batch: Work['batches'][number]
): Promise<{ state: BatchState; plan: BatchPlan }> {
  const state = await loadBatch(trx, {
    ...batch,
    runId: input.runId,
    drifts: work.drifts,
    denied: work.denied,
    verdicts: work.verdicts,
    workIds: work.recordIds,
    seen: input.seen,
    isPartial: input.isPartial,
    now: input.now,
  })
  const { serialOwners } = state
  const surroundings = { sources: input.sources, denied: work.denied, serialOwners, now: input.now }
  const plan = planBatch(state, surroundings, input.word)
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
