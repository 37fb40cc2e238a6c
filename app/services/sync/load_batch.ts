import { type AssetView } from '#core/reconcile/asset_view'
import { strongSerials, type Component, type TouchedAsset } from '#core/reconcile/resolve'
import { type ReviewDraft } from '#core/reconcile/review'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { type SourceRecord } from '#core/reconcile/types'
import { type Verdicts } from '#core/reconcile/verdicts'
import { toSerialKey } from '#core/assets/serial_number'
import { type ComponentIds } from './components.js'
import { type FoundComponents } from './find_components.js'
import { findNamesake } from './find_namesake.js'
import { foreseeDrift, settleDrifts } from './settle_drifts.js'
import { type StoredAsset, loadAssets } from './store/asset_queries.js'
import { type SqlClient } from './store/sql_client.js'
import { assetsNamed, serialOwners } from './store/evidence_queries.js'
import { recordIdsOf } from './store/link_queries.js'
import { loadRecords, type StageRun } from './store/record_queries.js'
import { type WorkSet } from './work_set.js'

/** A component with everything that deciding about it needs. */
interface LoadedComponent extends Component {
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
  readonly runId: StageRun
  readonly components: readonly ComponentIds[]
  readonly drifts: FoundComponents['drifts']
  readonly work: Pick<WorkSet, 'has'>
  readonly dirtyAssetIds: readonly number[]
  readonly seen: Pick<SeenRecords, 'has' | 'add'>
  readonly verdicts: Verdicts
  /** Values that are evidence no longer, as `kind value`. */
  readonly denied: ReadonlySet<string>
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
  const { records, renamed, driftReviews } = await settleDrifts(trx, input, loaded)

  const touched = new Set(input.dirtyAssetIds)
  for (const component of input.components) {
    component.assetIds.forEach((id) => touched.add(id))
    for (const id of [...component.sharedPorts.keys(), ...component.tombstones]) {
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
  await followMerges(trx, assets, touched)
  const linkedIds = await recordIdsOf(trx, [...touched])
  const others = linkedIds.filter((id) => !records.has(id))
  for (const record of await loadRecords(trx, others, runId)) {
    records.set(record.id, foreseeDrift(record, input))
  }
  const byAsset = Map.groupBy(
    [...records.values()].filter((record) => record.assetId !== null),
    (record) => record.assetId!
  )
  const recordsOf = (assetId: number) => byAsset.get(assetId) ?? []
  const touchedAsset = (id: number) => toTouched(assets.get(id), recordsOf(id), input.denied)

  return {
    components: input.components.map((component) => {
      const members = component.recordIds.flatMap((id) => records.get(renamed.get(id) ?? id) ?? [])
      return toLoaded(component, members, input, assets, touchedAsset)
    }),
    assets,
    dirtyAssetIds: input.dirtyAssetIds,
    driftReviews,
    serialOwners: await serialOwners(trx, serialKeys(records.values())),
    recordsOf,
    namesakeOf: (of, view) => findNamesake(of, view, { namesakes, assets, touchedAsset, verdicts: input.verdicts }),
  }
}

/** Loads the assets that others were merged into since the components were found. */
async function followMerges(trx: SqlClient, assets: Map<number, StoredAsset>, touched: Set<number>): Promise<void> {
  for (;;) {
    const targets = [...assets.values()].flatMap(({ view }) => view.mergedInto ?? [])
    const unknown = targets.filter((id) => !assets.has(id))
    if (unknown.length === 0) {
      return
    }
    for (const [id, asset] of await loadAssets(trx, unknown)) {
      assets.set(id, asset)
      touched.add(id)
    }
  }
}

/** Somebody may have deleted or merged assets since the components were found: what counts is how they are now. */
function toLoaded(
  component: ComponentIds,
  members: readonly SourceRecord[],
  input: BatchInput,
  assets: ReadonlyMap<number, StoredAsset>,
  touchedAsset: (id: number) => TouchedAsset[]
): LoadedComponent {
  const isFree = (record: SourceRecord) => record.assetId === null || record.linkState === 'excluded'
  const named = [...component.assetIds, ...component.tombstones, ...members.flatMap((record) => record.assetId ?? [])]
  const present = [...new Set(named.map((id) => survivorOf(id, assets)))].sort((a, b) => a - b).flatMap(touchedAsset)
  return {
    records: members.filter(isFree),
    linked: members.filter((record) => !isFree(record) && input.work.has(record.id)),
    assets: present.filter((asset) => asset.isActive),
    tombstones: present.flatMap((asset) => (asset.isActive ? [] : [asset.id])),
    sharedPorts: component.sharedPorts,
    neighbours: [...component.sharedPorts.keys()]
      .filter((id) => !assets.get(id)?.view.mergedInto)
      .sort((a, b) => a - b)
      .flatMap(touchedAsset),
    isSeen: (recordId) => input.seen.has(recordId),
  }
}

function survivorOf(id: number, assets: ReadonlyMap<number, StoredAsset>): number {
  const mergedInto = assets.get(id)?.view.mergedInto
  return mergedInto ? survivorOf(mergedInto, assets) : id
}

/** An asset as the records say it is now, which its row may not say yet. */
function toTouched(
  asset: StoredAsset | undefined,
  records: readonly SourceRecord[],
  denied: ReadonlySet<string>
): TouchedAsset[] {
  if (!asset) {
    return []
  }
  const own = asset.identifiers.filter(({ kind }) => kind === 'serial')
  const typed = own.filter(({ origin, strength }) => origin === 'person' && strength === 'strong')
  const isFree = (serial: string) =>
    !denied.has(`serial ${serial}`) && !own.some(({ value, strength }) => value === serial && strength === 'weak')
  const serials = new Set([...typed.map(({ value }) => value), ...records.flatMap(strongSerials).filter(isFree)])
  const open = records.filter((record) => record.closedAt === null)
  const { hostname, isActive } = asset.view
  return [{ id: asset.id, hostname, isActive, serials: [...serials], records: open }]
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
