import { setImmediate as nextTurn } from 'node:timers/promises'
import { judgeDrift, type Drift } from '#core/reconcile/drift'
import { judgeValue, sortUnions, type RecordHolder } from '#core/reconcile/evidence'
import { SeenRecords } from '#core/reconcile/seen_records'
import { type SourceRank } from '#core/reconcile/types'
import { type Verdicts } from '#core/reconcile/verdicts'
import { Components, type ComponentIds } from './components.js'
import { type SqlClient } from './store/sql_client.js'
import { loadSharedValues, loadStrongValues, type SharedValue } from './store/evidence_queries.js'
import { loadGivers, type StageRun } from './store/record_queries.js'
import { type WorkRecord, type WorkSet } from './work_set.js'

/** What judging evidence depends on besides the records. */
export interface EvidenceContext {
  readonly sources: ReadonlyMap<number, SourceRank>
  /** Values that are evidence no longer, as `kind value`, and those that people called real. */
  readonly denied: ReadonlySet<string>
  readonly allowed: ReadonlySet<string>
  readonly verdicts: Verdicts
  /** Records that a person called one device. */
  readonly together: ReadonlySet<number>
  /** The source was read in part: what its records left out, they still say. */
  readonly isPartial: boolean
}

export interface FoundComponents {
  /** In the order of their first records. Made when they are asked for: most are one record alone. */
  components(): Iterable<ComponentIds>
  /** Values that turned out to be junk: too many devices carry them. */
  readonly junk: readonly { readonly kind: string; readonly value: string; readonly reason: string }[]
  /** Linked records whose evidence became that of another box. */
  readonly drifts: ReadonlyMap<number, Exclude<Drift, 'same'>>
}

const CHUNK = 500
/** A port MAC on more records than this is a shared address, not evidence. */
const MOST_HOLDERS_OF_A_PORT = 4

/** Joins the records of the work set, and the assets they touch, by shared strong values. Independent of their order. */
export async function findComponents(
  client: SqlClient,
  runId: StageRun,
  work: WorkSet,
  { sources, denied, allowed, verdicts, together, isPartial }: EvidenceContext
): Promise<FoundComponents> {
  const found = new Components()
  const junk = new Map<string, { kind: string; value: string; reason: string }>()
  const drifts = await findDrifts(client, runId, work, sources)
  const [first, ...others] = [...work].flatMap(({ id }) => (together.has(id) ? [id] : []))
  others.forEach((id) => found.join(first!, id))
  const judged = new Set<string>()

  for (const records of work.chunks(CHUNK)) {
    await nextTurn()
    const chunk = records.map(({ id, assetId, isExcluded }) =>
      drifts.has(id)
        ? { id, assetId: drifts.get(id) === 'replaced' ? null : assetId, isSettled: false }
        : { id, assetId, isSettled: assetId !== null && !isExcluded }
    )
    const values = await loadSharedValues(client, runId, chunk, judged)
    const stale = isPartial ? new Set<string>() : await findStale(client, values, drifts)
    for (const shared of values) {
      const holders = shared.records.map((holder) =>
        drifts.get(holder.recordId) === 'replaced' ? { ...holder, assetId: null, isExcluded: false } : holder
      )
      const frozen = holders.filter((holder) => drifts.get(holder.recordId) !== 'drift')
      const key = `${shared.kind} ${shared.value}`
      const word = { isDenied: denied.has(key), isAllowed: allowed.has(key), verdicts }
      const assets = shared.assets.filter(({ assetId }) => !stale.has(`${key} ${assetId}`))
      const verdict = judgeValue(shared, frozen, assets, word)
      if (verdict.junk) {
        junk.set(key, { kind: shared.kind, value: shared.value, reason: verdict.junk })
      }
      const { joins, questions } = sortUnions(verdict.unions, assetsOf(holders))
      joins.forEach(([a, b]) => found.join(a, b))
      questions.forEach(([a, b]) => found.ask(a, b))
      const joined = new Set(joins.flat())
      for (const [recordId, assetId] of verdict.tombstones) {
        found.bury(recordId, assetId)
      }
      for (const { recordId, assetId, isExcluded } of holders) {
        if (assetId !== null && !isExcluded && joined.has(recordId)) {
          found.join(recordId, -assetId)
        }
      }
      if (holders.filter(({ recordId }) => work.has(recordId)).length > 1) {
        judged.add(key)
      }
      if (shared.records.length <= MOST_HOLDERS_OF_A_PORT) {
        const own = verdict.hints.filter(([recordId]) => work.has(recordId))
        own.forEach(([recordId, assetId]) => found.sharePort(recordId, assetId))
      }
    }
  }
  joinLinked(found, work, drifts)
  return { components: () => found.list(work), junk: [...junk.values()], drifts }
}

/** Joins records to the assets they have, where others are concerned: most records come alone. */
function joinLinked(found: Components, work: WorkSet, drifts: FoundComponents['drifts']): void {
  const isBound = ({ id, isExcluded }: WorkRecord) => !isExcluded && drifts.get(id) !== 'replaced'
  const known = new SeenRecords()
  const shared = new Set<number>()
  for (const record of work) {
    if (record.assetId !== null && isBound(record) && !known.add(record.assetId)) {
      shared.add(record.assetId)
    }
  }
  for (const record of work) {
    const { id, assetId } = record
    if (assetId !== null && isBound(record) && (shared.has(assetId) || found.has(id) || found.has(-assetId))) {
      found.join(id, -assetId)
    }
  }
}

/**
 * Values that assets carry only until this run is written, as `kind value asset`: the records that gave them say
 * something else now. What a record said that is closed, or that keeps its identity, stays.
 */
async function findStale(
  client: SqlClient,
  values: readonly SharedValue[],
  drifts: FoundComponents['drifts']
): Promise<Set<string>> {
  const doubtful = values.flatMap(({ kind, value, records, assets }) =>
    assets
      .filter(({ isTyped, strength }) => !isTyped && strength === 'strong')
      .filter(({ assetId }) => !records.some((one) => one.assetId === assetId && one.strength === 'strong'))
      .map(({ assetId }) => ({ kind, value, assetId }))
  )
  const keyOf = (one: { kind: string; value: string; assetId: number }) => `${one.kind} ${one.value} ${one.assetId}`
  const stale = new Set(doubtful.map(keyOf))
  for (const giver of await loadGivers(client, doubtful)) {
    if (giver.isClosed || drifts.has(giver.recordId)) {
      stale.delete(keyOf(giver))
    }
  }
  return stale
}

async function findDrifts(
  client: SqlClient,
  runId: StageRun,
  work: WorkSet,
  sources: ReadonlyMap<number, SourceRank>
): Promise<Map<number, Exclude<Drift, 'same'>>> {
  const drifts = new Map<number, Exclude<Drift, 'same'>>()
  for (const chunk of runId === null ? [] : work.chunks(CHUNK)) {
    const linked = chunk.filter((record) => record.assetId !== null)
    const sourceIds = new Map(linked.map((record) => [record.id, record.sourceId]))
    for (const [id, values] of await loadStrongValues(client, [...sourceIds.keys()], runId!)) {
      const isReassignable = sources.get(sourceIds.get(id)!)?.reassignable ?? false
      const drift = judgeDrift(values, isReassignable)
      if (drift !== 'same') {
        drifts.set(id, drift)
      }
    }
  }
  return drifts
}

/** The assets of these records, as nodes. */
function assetsOf(holders: readonly RecordHolder[]): Map<number, number> {
  return new Map(
    holders.flatMap(({ recordId, assetId, isExcluded }) =>
      assetId === null || isExcluded ? [] : [[recordId, -assetId] as const]
    )
  )
}
