import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { type SourceRank } from '#core/reconcile/types'
import { type Verdicts } from '#core/reconcile/verdicts'
import { type ComponentIds } from './components.js'
import { findComponents, type FoundComponents } from './find_components.js'
import { loadBatch, type BatchState } from './load_batch.js'
import { planBatch, type BatchPlan, type PersonsWord } from './plan_batch.js'
import { type SqlClient } from './store/sql_client.js'
import { loadAllowed, loadDenylist } from './store/denylist_queries.js'
import { assetsCarrying } from './store/evidence_queries.js'
import { loadWorkSet } from './store/link_queries.js'
import { type StageRun } from './store/record_queries.js'
import { type OwnedRun } from './store/run_queries.js'
import { loadVerdicts } from './store/verdict_queries.js'
import { lookAtGrownTables } from './store/table_statistics.js'
import { lookUpByIndex } from './store/write_clock.js'
import { type WorkRecord, type WorkSet } from './work_set.js'

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

/** What is decided in one transaction. */
export interface Batch {
  readonly components: readonly ComponentIds[]
  readonly dirtyAssetIds: readonly number[]
}

/** What a run has to decide, in batches that each fit one transaction. Finding it writes nothing. */
export interface Work {
  batches(): Iterable<Batch>
  readonly records: Pick<WorkSet, 'has'>
  readonly drifts: FoundComponents['drifts']
  readonly denied: ReadonlySet<string>
  readonly verdicts: Verdicts
  /** Values that turned out to be junk in this run. */
  readonly junk: FoundComponents['junk']
  /** Assets to compute again, also those that carry junk, and those that lose a record to other hardware. */
  readonly dirtyAssetIds: readonly number[]
}

/** Null: nothing is staged, nobody waits and nothing is dirty. */
export async function findWork(db: QueryClientContract, input: ReconcileInput): Promise<Work | null> {
  const { sources, dirtyAssetIds, isPartial } = input
  await lookAtGrownTables(db, 'claims')
  const workSet = await loadWorkSet(db, input.run.id)
  if (workSet.size === 0 && dirtyAssetIds.length === 0) {
    return null
  }
  await lookAtGrownTables(db, 'assets')
  return db.transaction(async (trx) => {
    await lookUpByIndex(trx)
    return toWork(trx, { runId: input.run.id, sources, workSet, dirtyAssetIds, isPartial })
  })
}

/** Joins records by their evidence, as it is now, and puts what is to decide into batches. */
export async function toWork(
  client: SqlClient,
  given: {
    readonly runId: StageRun
    readonly sources: ReadonlyMap<number, SourceRank>
    readonly workSet: WorkSet
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
  const isReplaced = ({ id }: WorkRecord) => drifts.get(id) === 'replaced'
  const orphans = drifts.size > 0 ? [...given.workSet].filter(isReplaced).map((record) => record.assetId!) : []
  const dirtyAssetIds = [...new Set([...given.dirtyAssetIds, ...carriers, ...orphans])]
  return {
    batches: () => toBatches(components(), dirtyAssetIds, given.workSet, isReplaced),
    dirtyAssetIds,
    records: given.workSet,
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
  batch: Batch
): Promise<{ state: BatchState; plan: BatchPlan }> {
  const state = await loadBatch(trx, {
    ...batch,
    runId: input.runId,
    drifts: work.drifts,
    denied: work.denied,
    verdicts: work.verdicts,
    work: work.records,
    seen: input.seen,
    isPartial: input.isPartial,
    now: input.now,
  })
  const { serialOwners } = state
  const surroundings = { sources: input.sources, denied: work.denied, serialOwners, now: input.now }
  const plan = planBatch(state, surroundings, input.word)
  return { state, plan }
}

/**
 * Components in batches, none torn apart. An asset that is to be computed again is so with the component that touches it:
 * in a batch of its own, a plan would hold two rows of it. The others come last.
 */
function* toBatches(
  components: Iterable<ComponentIds>,
  dirtyAssetIds: readonly number[],
  workSet: Iterable<WorkRecord>,
  isReplaced: (record: WorkRecord) => boolean
): Generator<Batch> {
  const open = new Set(dirtyAssetIds)
  const assetOf = open.size > 0 ? assetsOf(workSet, open, isReplaced) : new Map<number, number>()
  let batch: ComponentIds[] = []
  let dirty: number[] = []
  let size = 0
  for (const component of components) {
    if (size >= BATCH) {
      yield { components: batch, dirtyAssetIds: dirty }
      batch = []
      dirty = []
      size = 0
    }
    batch.push(component)
    dirty.push(...takeTouched(open, component, assetOf))
    size += component.recordIds.length
  }
  if (batch.length > 0) {
    yield { components: batch, dirtyAssetIds: dirty }
  }
  const others = [...open]
  for (let start = 0; start < others.length; start += BATCH) {
    yield { components: [], dirtyAssetIds: others.slice(start, start + BATCH) }
  }
}

/** Of the records those that have and keep one of these assets, with it. */
function assetsOf(
  workSet: Iterable<WorkRecord>,
  wanted: ReadonlySet<number>,
  isReplaced: (record: WorkRecord) => boolean
): Map<number, number> {
  const assets = new Map<number, number>()
  for (const record of workSet) {
    const { id, assetId } = record
    if (assetId !== null && wanted.has(assetId) && !isReplaced(record)) {
      assets.set(id, assetId)
    }
  }
  return assets
}

/** Takes out of `open` the assets that a component touches. */
function takeTouched(open: Set<number>, component: ComponentIds, assetOf: ReadonlyMap<number, number>): number[] {
  if (open.size === 0) {
    return []
  }
  const { recordIds, assetIds, sharedPorts } = component
  const touched = [...assetIds, ...sharedPorts.keys(), ...recordIds.flatMap((id) => assetOf.get(id) ?? [])]
  return touched.filter((id) => open.delete(id))
}
