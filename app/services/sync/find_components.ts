import { setImmediate as nextTurn } from 'node:timers/promises'
import { judgeDrift, type Drift } from '#core/reconcile/drift'
import { judgeValue, sortUnions, type RecordHolder } from '#core/reconcile/evidence'
import { type SourceRank, type SourceRecord } from '#core/reconcile/types'
import { UnionFind } from '#core/reconcile/union_find'
import { type Verdicts } from '#core/reconcile/verdicts'
import { type SqlClient } from './store/sql_client.js'
import { loadSharedValues, loadStrongValues, type SharedValue } from './store/evidence_queries.js'
import { loadGivers, type StageRun } from './store/record_queries.js'

/** Records that belong together by strong evidence, and the assets that the same evidence touches. */
export interface ComponentIds {
  readonly recordIds: readonly number[]
  readonly assetIds: readonly number[]
  /** For records without an asset: assets that share port MACs with them, and how many. */
  readonly sharedPorts: ReadonlyMap<number, number>
  /** Deleted assets that carried a value of the records in their own right. */
  readonly tombstones: readonly number[]
}

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
  readonly components: readonly ComponentIds[]
  /** Values that turned out to be junk: too many devices carry them. */
  readonly junk: readonly { readonly kind: string; readonly value: string; readonly reason: string }[]
  /** Linked records whose evidence became that of another box. */
  readonly drifts: ReadonlyMap<number, Exclude<Drift, 'same'>>
}

/** A record that the run must decide about. */
export type WorkRecord = Pick<SourceRecord, 'id' | 'sourceId' | 'assetId' | 'linkState'>

const CHUNK = 500
/** A port MAC on more records than this is a shared address, not evidence. */
const MOST_HOLDERS_OF_A_PORT = 4

/** Joins the records of the work set, and the assets they touch, by shared strong values. Independent of their order. */
export async function findComponents(
  client: SqlClient,
  runId: StageRun,
  workSet: readonly WorkRecord[],
  { sources, denied, allowed, verdicts, together, isPartial }: EvidenceContext
): Promise<FoundComponents> {
  const recordIds = workSet.map((record) => record.id)
  const sets = new UnionFind()
  const doubts = new UnionFind()
  const junk = new Map<string, { kind: string; value: string; reason: string }>()
  const ports = new Map<number, Map<number, number>>()
  const tombstones = new Map<number, number[]>()
  const drifts = await findDrifts(client, runId, workSet, sources)
  const work = new Set(recordIds)
  for (const { id, assetId, linkState } of workSet) {
    sets.add(id)
    if (assetId !== null && linkState !== 'excluded' && drifts.get(id) !== 'replaced') {
      sets.union(id, -assetId)
    }
  }
  const [first, ...others] = recordIds.filter((id) => together.has(id))
  others.forEach((id) => sets.union(first!, id))
  const judged = new Set<string>()

  for (let start = 0; start < workSet.length; start += CHUNK) {
    await nextTurn()
    const chunk = workSet
      .slice(start, start + CHUNK)
      .map(({ id, assetId }) => ({ id, assetId: drifts.get(id) === 'replaced' ? null : assetId }))
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
      joins.forEach(([a, b]) => sets.union(a, b))
      questions.forEach(([a, b]) => doubts.union(a, b))
      const joined = new Set(joins.flat())
      for (const [recordId, assetId] of verdict.tombstones) {
        tombstones.set(recordId, [...(tombstones.get(recordId) ?? []), assetId])
      }
      for (const { recordId, assetId, isExcluded } of holders) {
        if (assetId !== null && !isExcluded && joined.has(recordId)) {
          sets.union(recordId, -assetId)
        }
      }
      if (shared.records.length > 1) {
        judged.add(key)
      }
      if (shared.records.length <= MOST_HOLDERS_OF_A_PORT) {
        const own = verdict.hints.filter(([recordId]) => work.has(recordId))
        own.forEach(([recordId, assetId]) => countPort(ports, recordId, assetId))
      }
    }
  }

  return {
    components: [
      ...sets.sets().map((nodes) => toComponent(nodes, ports, tombstones)),
      ...doubts
        .sets()
        .filter((nodes) => new Set(nodes.map((node) => sets.find(node))).size > 1)
        .map((nodes) => toComponent(nodes, ports, tombstones)),
    ],
    junk: [...junk.values()],
    drifts,
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
  records: readonly WorkRecord[],
  sources: ReadonlyMap<number, SourceRank>
): Promise<Map<number, Exclude<Drift, 'same'>>> {
  const drifts = new Map<number, Exclude<Drift, 'same'>>()
  const linked = runId === null ? [] : records.filter((record) => record.assetId !== null)
  for (let start = 0; start < linked.length; start += CHUNK) {
    const chunk = linked.slice(start, start + CHUNK)
    const sourceIds = new Map(chunk.map((record) => [record.id, record.sourceId]))
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

function countPort(ports: Map<number, Map<number, number>>, recordId: number, assetId: number): void {
  const assets = ports.get(recordId) ?? new Map<number, number>()
  ports.set(recordId, assets.set(assetId, (assets.get(assetId) ?? 0) + 1))
}

function toComponent(
  nodes: readonly number[],
  ports: Map<number, Map<number, number>>,
  tombstones: Map<number, number[]>
): ComponentIds {
  const recordIds = nodes.filter((node) => node > 0)
  const sharedPorts = new Map<number, number>()
  for (const recordId of recordIds) {
    for (const [assetId, count] of ports.get(recordId) ?? []) {
      sharedPorts.set(assetId, (sharedPorts.get(assetId) ?? 0) + count)
    }
  }
  return {
    recordIds,
    assetIds: nodes.flatMap((node) => (node < 0 ? [-node] : [])),
    sharedPorts,
    tombstones: [...new Set(recordIds.flatMap((recordId) => tombstones.get(recordId) ?? []))],
  }
}
