import { type AssetView } from '#core/reconcile/asset_view'
import { strongSerials, type Component, type TouchedAsset } from '#core/reconcile/resolve'
import { review, type ReviewDraft } from '#core/reconcile/review'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { keepIdentity, keepOmitted } from '#core/reconcile/keep_former'
import { type RecordObservation, type SourceRecord } from '#core/reconcile/types'
import { toSerialKey } from '#core/assets/serial_number'
import { type ComponentIds, type FoundComponents } from './find_components.js'
import { type StoredAsset, loadAssets } from './store/asset_queries.js'
import { type SqlClient } from './store/sql_client.js'
import { assetsNamed, serialOwners } from './store/evidence_queries.js'
import { recordIdsOf, replaceRecord, rewriteObservations } from './store/link_queries.js'
import { loadRecords } from './store/record_queries.js'

/** A component with everything that deciding about it needs. */
export interface LoadedComponent extends Component {
  /** Records of the work set that have their asset already. */
  readonly linked: readonly SourceRecord[]
}

export interface BatchState {
  readonly components: readonly LoadedComponent[]
  readonly assets: ReadonlyMap<number, StoredAsset>
  /** Assets to compute again though no record of theirs changed. */
  readonly dirtyAssetIds: readonly number[]
  readonly driftReviews: readonly ReviewDraft[]
  /** Serial keys of all that was loaded, with the assets that carry them. */
  readonly serialOwners: Map<string, number>
  recordsOf(assetId: number): readonly SourceRecord[]
  /** An asset of the same name that may be the same device; null when none is likely. */
  namesakeOf(records: readonly SourceRecord[], view: AssetView): TouchedAsset | null
}

export interface BatchInput {
  readonly runId: number
  readonly components: readonly ComponentIds[]
  readonly drifts: FoundComponents['drifts']
  readonly workIds: ReadonlySet<number>
  readonly dirtyAssetIds: readonly number[]
  readonly seen: SeenRecords
  /** The source was read in part. */
  readonly isPartial: boolean
  readonly now: string
}

/** Loads one batch inside its writing transaction, so that nobody changes what was read before it is written. */
export async function loadBatch(trx: SqlClient, input: BatchInput): Promise<BatchState> {
  const { runId } = input
  const loaded = await loadRecords(
    trx,
    input.components.flatMap((one) => one.recordIds),
    runId
  )
  const { records, renamed, driftReviews, orphanedAssetIds } = await settleDrifts(trx, input, loaded)

  const touched = new Set([...input.dirtyAssetIds, ...orphanedAssetIds])
  for (const component of input.components) {
    component.assetIds.forEach((id) => touched.add(id))
    for (const id of component.sharedPorts.keys()) {
      touched.add(id)
    }
  }
  for (const record of records.values()) {
    if (record.assetId !== null) {
      touched.add(record.assetId)
    }
  }
  const names = new Set([...records.values()].filter((one) => one.assetId === null).flatMap(nameOf))
  const namesakes = await assetsNamed(trx, [...names])
  namesakes.forEach((namesake) => touched.add(namesake.asset_id))

  const assets = await loadAssets(trx, [...touched])
  const linkedRecords = await loadRecords(trx, await recordIdsOf(trx, [...touched]), runId)
  for (const record of linkedRecords) {
    if (!records.has(record.id)) {
      records.set(record.id, record)
    }
  }
  const byAsset = Map.groupBy(
    [...records.values()].filter((record) => record.assetId !== null),
    (record) => record.assetId!
  )
  const recordsOf = (assetId: number) => byAsset.get(assetId) ?? []
  const touchedAsset = (id: number) => toTouched(assets.get(id), recordsOf(id))

  return {
    components: input.components.map((component) => {
      const members = component.recordIds.flatMap((id) => records.get(renamed.get(id) ?? id) ?? [])
      return toLoaded(component, members, input, touchedAsset)
    }),
    assets,
    dirtyAssetIds: [...input.dirtyAssetIds, ...orphanedAssetIds],
    driftReviews,
    serialOwners: await serialOwners(trx, serialKeys(records.values())),
    recordsOf,
    namesakeOf: (of, view) => findNamesake(of, view, namesakes, assets, touchedAsset),
  }
}

/**
 * Gives replaced records a new beginning, keeps the identity of those that drifted as it was, and completes what a
 * reading in part left out.
 */
async function settleDrifts(trx: SqlClient, input: BatchInput, loaded: readonly SourceRecord[]) {
  const records = new Map<number, SourceRecord>()
  const driftReviews: ReviewDraft[] = []
  const orphanedAssetIds: number[] = []
  const renamed = new Map<number, number>()
  const rewritten: RecordObservation[] = []
  for (const record of loaded) {
    const drift = input.drifts.get(record.id)
    if (drift === 'replaced') {
      const id = await replaceRecord(trx, record.id, record.observation.id, input.runId, input.now)
      input.seen.add(id)
      renamed.set(record.id, id)
      records.set(id, { ...record, id, assetId: null, linkState: 'pending', former: null })
      orphanedAssetIds.push(record.assetId!)
    } else if (drift === 'drift' && record.former) {
      const observation = keepIdentity(record.observation, record.former)
      rewritten.push(observation)
      records.set(record.id, { ...record, observation })
      const sentence = `${record.nativeId} reports serial ${strongSerials(record).join(', ')} now, and another one before`
      driftReviews.push(review('identity_drift', [record], [], sentence))
    } else {
      const merged = input.isPartial && record.former ? keepOmitted(record.observation, record.former) : null
      rewritten.push(...(merged ? [merged] : []))
      records.set(record.id, merged ? { ...record, observation: merged } : record)
    }
  }
  await rewriteObservations(trx, rewritten)
  return { records, renamed, driftReviews, orphanedAssetIds }
}

function toLoaded(
  component: ComponentIds,
  members: readonly SourceRecord[],
  input: BatchInput,
  touchedAsset: (id: number) => TouchedAsset[]
): LoadedComponent {
  const assetIds = new Set([...component.assetIds, ...members.flatMap((record) => record.assetId ?? [])])
  return {
    records: members.filter((record) => record.assetId === null),
    linked: members.filter((record) => record.assetId !== null && input.workIds.has(record.id)),
    assets: [...assetIds].sort((a, b) => a - b).flatMap(touchedAsset),
    sharedPorts: component.sharedPorts,
    neighbours: [...component.sharedPorts.keys()].sort((a, b) => a - b).flatMap(touchedAsset),
    isSeen: (recordId) => input.seen.has(recordId),
  }
}

function toTouched(asset: StoredAsset | undefined, records: readonly SourceRecord[]): TouchedAsset[] {
  if (!asset) {
    return []
  }
  const serials = asset.identifiers.flatMap((identifier) =>
    identifier.kind === 'serial' && identifier.strength === 'strong' ? [identifier.value] : []
  )
  const open = records.filter((record) => record.closedAt === null)
  return [{ id: asset.id, hostname: asset.view.hostname, isActive: asset.view.isActive, serials, records: open }]
}

function nameOf(record: SourceRecord): string[] {
  const name = record.observation.claims.hostname
  return name ? [name.toLowerCase()] : []
}

function serialKeys(records: Iterable<SourceRecord>): string[] {
  const keys = new Set<string>()
  for (const { observation } of records) {
    if (observation.claims.serialNumber) {
      keys.add(toSerialKey(observation.claims.serialNumber))
    }
    for (const { kind, value } of observation.identifiers) {
      if (kind === 'serial') {
        keys.add(value)
      }
    }
  }
  return [...keys]
}

/**
 * An asset of the same name suggests itself when its address is the same too, or when it was typed by a person without
 * anything that could ever match. Names alone prove nothing, and never within one source.
 */
function findNamesake(
  records: readonly SourceRecord[],
  view: AssetView,
  namesakes: readonly { value: string; asset_id: number }[],
  assets: ReadonlyMap<number, StoredAsset>,
  touchedAsset: (id: number) => TouchedAsset[]
): TouchedAsset | null {
  const sourceIds = new Set(records.map((record) => record.sourceId))
  const likely = namesakes.flatMap(({ value, asset_id: id }) => {
    const [asset, [touched]] = [assets.get(id), touchedAsset(id)]
    if (value !== view.hostname.toLowerCase() || !asset?.view.isActive || !touched) {
      return []
    }
    const isOfOneSource = touched.records.some((record) => sourceIds.has(record.sourceId))
    const isBare = asset.view.origin === 'person' && asset.identifiers.every((one) => one.strength === 'weak')
    const isAtOneAddress = view.ipAddress !== null && asset.view.ipAddress === view.ipAddress
    return !isOfOneSource && (isBare || isAtOneAddress) ? [touched] : []
  })
  return likely.length === 1 ? likely[0]! : null
}
