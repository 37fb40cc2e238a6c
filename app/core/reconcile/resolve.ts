import { isSameBox } from './same_box.js'
import { review, type ReviewDraft } from './review.js'
import { type SourceRecord } from './types.js'

/** An asset that a component touches, with what is needed to judge it. */
export interface TouchedAsset {
  readonly id: number
  readonly hostname: string
  readonly isActive: boolean
  readonly serials: readonly string[]
  /** Open records that are linked to it. */
  readonly records: readonly SourceRecord[]
}

/** Records without an active asset that belong together, and the active assets that the same evidence touches. */
export interface Component {
  readonly records: readonly SourceRecord[]
  readonly assets: readonly TouchedAsset[]
  /** Assets that share port MACs with the records, and how many. Medium evidence: two agreeing values link. */
  readonly sharedPorts: ReadonlyMap<number, number>
  /** Assets named in `sharedPorts`. */
  readonly neighbours: readonly TouchedAsset[]
  /** Deleted assets that carried the evidence of the records, ascending. */
  readonly tombstones: readonly number[]
  /** False for a record that its source no longer lists in this run. */
  isSeen(recordId: number): boolean
}

/** What becomes of the records of a component. */
export type Decision =
  | { readonly kind: 'create'; readonly reason: string; readonly suggestion: TouchedAsset | null }
  | { readonly kind: 'link'; readonly assetId: number; readonly rule: 'serial' | 'mac' | 'ports' | 'stack' | 'person' }
  | { readonly kind: 'exclude'; readonly assetId: number }
  | { readonly kind: 'hold'; readonly review: ReviewDraft }

/** Two agreeing port MACs link; one alone only suggests. */
const ENOUGH_PORTS = 2

/**
 * Decides by strong evidence first: no asset → create one, one asset → link, more → a person decides. Nothing is
 * ever merged here, and contradictory serials are never joined.
 */
export function resolveComponent(component: Component): Decision {
  const { records, assets } = component
  const serials = [...new Set(records.flatMap(strongSerials))].sort()

  const stack = stackOf(component)
  if (stack) {
    return { kind: 'link', assetId: stack.id, rule: 'stack' }
  }
  if (staysAway(component)) {
    return { kind: 'exclude', assetId: component.tombstones[0]! }
  }
  if (areContradictory(serials, assets)) {
    const all = [...new Set([...serials, ...assets.flatMap((asset) => asset.serials)])].sort()
    const sentence = `The same device is reported with different serial numbers: ${all.join(', ')}`
    return { kind: 'hold', review: review('contradiction', records, assets, sentence) }
  }
  if (assets.length > 1) {
    const names = assets.map((asset) => asset.hostname).join(' and ')
    return {
      kind: 'hold',
      review: review('merge_candidate', records, assets, `One device carries the identifiers of ${names}`),
    }
  }
  const twins = twinsIn(component)
  if (twins.length > 0) {
    const sentence = 'One source lists the same serial number on devices that differ in more than their address'
    return { kind: 'hold', review: review('same_source_twin', twins, assets, sentence) }
  }

  const [asset] = assets
  if (!asset) {
    return byPorts(component, serials[0] ?? null)
  }
  return { kind: 'link', assetId: asset.id, rule: serials.length > 0 ? 'serial' : 'mac' }
}

/** Only deleted assets carried this evidence, and no record contradicts those that stay away already. */
function staysAway({ records, assets, tombstones }: Component): boolean {
  const away = records.filter((record) => record.linkState === 'excluded')
  const known = new Set(away.flatMap(strongSerials))
  return (
    assets.length === 0 &&
    tombstones.length > 0 &&
    records.every((record) => {
      const serials = strongSerials(record)
      return known.size === 0 || serials.length === 0 || serials.some((serial) => known.has(serial))
    })
  )
}

/** Different serials among the records, or a serial that an asset with serials of its own does not have. */
function areContradictory(serials: readonly string[], assets: readonly TouchedAsset[]): boolean {
  const known = new Set(assets.flatMap((asset) => asset.serials))
  const isOneBox = assets.length === 1 && serials.every((serial) => known.has(serial))
  if (serials.length > 1 && !isOneBox) {
    return true
  }
  return assets.some(
    (asset) =>
      serials.length > 0 && asset.serials.length > 0 && !serials.some((serial) => asset.serials.includes(serial))
  )
}

/**
 * Existing assets that turn out to share evidence are never joined by a sync: people are asked. Empty when there
 * is nothing to ask: one asset, or a stack with its parts.
 */
export function askAboutAssets(component: Component): ReviewDraft[] {
  const { assets } = component
  if (assets.length < 2 || stackOf(component)) {
    return []
  }
  const names = assets.map((asset) => asset.hostname).join(' and ')
  return [review('merge_candidate', [], assets, `${names} share what identifies a device: they may be one`)]
}

/** The serials that tell which device a record is. */
export function strongSerials(record: SourceRecord): string[] {
  return record.observation.identifiers.flatMap((identifier) =>
    identifier.kind === 'serial' && identifier.strength === 'strong' ? [identifier.value] : []
  )
}

function byPorts(component: Component, serial: string | null): Decision {
  const agreeing = component.neighbours
  const candidates = agreeing.filter((asset) => !serial || asset.serials.length === 0 || asset.serials.includes(serial))
  const enough = candidates.filter((asset) => (component.sharedPorts.get(asset.id) ?? 0) >= ENOUGH_PORTS)
  if (enough.length === 1) {
    const { id, isActive } = enough[0]!
    return isActive ? { kind: 'link', assetId: id, rule: 'ports' } : { kind: 'exclude', assetId: id }
  }
  const contradicted = agreeing.filter((asset) => !candidates.includes(asset))
  const reason = contradicted.length
    ? `new: shares a port address with ${contradicted[0]!.hostname}, whose serial number is another`
    : 'new: no known asset carries its identifiers'
  const suggested = candidates.filter((asset) => asset.isActive)
  return { kind: 'create', reason, suggestion: suggested.length === 1 ? suggested[0]! : null }
}

/**
 * Another source's record of a whole stack carries the serial of one member and the base address of the stack: it
 * touches the member's asset and the parent's. The parent is the one that is no part of another.
 */
function stackOf({ assets }: Component): TouchedAsset | null {
  if (assets.length < 2) {
    return null
  }
  const wholes = assets.filter((asset) => !asset.records.some((record) => record.observation.partOf))
  const whole = wholes[0]
  if (wholes.length !== 1 || !whole || whole.serials.length > 0) {
    return null
  }
  const keys = new Set(whole.records.map((record) => `${record.sourceId} ${record.nativeId}`))
  const areItsParts = assets.every(
    (asset) =>
      asset === whole ||
      asset.records.some((record) => keys.has(`${record.sourceId} ${record.observation.partOf?.nativeId}`))
  )
  return areItsParts ? whole : null
}

/** Records of one source with one serial that are not plainly the same box. Empty when there is no doubt. */
function twinsIn({ records, assets, isSeen }: Component): SourceRecord[] {
  const known = assets.flatMap((asset) => asset.records).filter((record) => isSeen(record.id))
  const all = [...records, ...known]
  const doubtful = records.some((record) =>
    all.some(
      (other) =>
        other.id !== record.id &&
        other.sourceId === record.sourceId &&
        strongSerials(other).some((serial) => strongSerials(record).includes(serial)) &&
        !isSameBox(record, other)
    )
  )
  return doubtful ? all : []
}
