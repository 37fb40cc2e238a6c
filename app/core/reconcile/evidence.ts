import { type EvidenceIdentifier, type IdentifierStrength } from './types.js'

/** A record that carries one given value. */
export interface RecordHolder {
  readonly recordId: number
  readonly sourceId: number
  readonly assetId: number | null
  readonly strength: IdentifierStrength
  /** The record's own strong serial, or null. */
  readonly serial: string | null
}

/** An asset that carries the value in its own right: typed by a person, or left by a record that was closed. */
export interface AssetHolder {
  readonly assetId: number
  readonly strength: IdentifierStrength
  readonly isTyped: boolean
}

/** What one value says about who is who. Nodes: records are positive ids, assets negative ones. */
export interface Verdict {
  /** Why the value proves nothing from now on; null while it is good evidence. */
  readonly junk: string | null
  readonly unions: readonly (readonly [number, number])[]
  /** Pairs of a record without an asset and an asset that share this value as medium evidence. */
  readonly hints: readonly (readonly [recordId: number, assetId: number])[]
}

/** More records of one source than this never share a real serial or base MAC. */
const MOST_RECORDS_OF_ONE_SOURCE = 3

const NOTHING: Verdict = { junk: null, unions: [], hints: [] }

/** Judges one value by all who carry it. `isDenied`: it was learned to be junk, or a person said so. */
export function judgeValue(
  kind: EvidenceIdentifier['kind'],
  records: readonly RecordHolder[],
  assets: readonly AssetHolder[],
  isDenied: boolean
): Verdict {
  if (isDenied) {
    return NOTHING
  }
  const strong = records.filter((holder) => holder.strength === 'strong')
  const junk = junkReason(kind, strong)
  if (junk) {
    return { ...NOTHING, junk }
  }

  const unions: [number, number][] = []
  const anchors = [
    ...strong.map((holder) => holder.recordId),
    ...assets.filter((holder) => holder.strength === 'strong').map((holder) => -holder.assetId),
  ]
  for (const node of anchors.slice(1)) {
    unions.push([anchors[0]!, node])
  }
  if (kind !== 'mac') {
    return { junk: null, unions, hints: [] }
  }

  const ports = records.filter((holder) => holder.strength === 'medium')
  unions.push(...portsOfOneBase(strong, ports, assets))
  return { junk: null, unions, hints: sharedPorts(ports, assets) }
}

function junkReason(kind: EvidenceIdentifier['kind'], strong: readonly RecordHolder[]): string | null {
  const perSource = new Map<number, number>()
  for (const holder of strong) {
    perSource.set(holder.sourceId, (perSource.get(holder.sourceId) ?? 0) + 1)
  }
  const most = Math.max(0, ...perSource.values())
  if (most > MOST_RECORDS_OF_ONE_SOURCE) {
    return `carried by ${most} devices of one source`
  }
  const serials = new Set(strong.flatMap((holder) => holder.serial ?? []))
  if (kind === 'mac' && serials.size > 1) {
    return `carried by devices with ${serials.size} different serial numbers`
  }
  return null
}

/**
 * A base MAC that equals the MAC of a port of exactly one record of another source is as good as an equal base MAC:
 * both speak of the same box. A MAC that a person typed counts as a base MAC.
 */
function portsOfOneBase(
  strong: readonly RecordHolder[],
  ports: readonly RecordHolder[],
  assets: readonly AssetHolder[]
): [number, number][] {
  const unions: [number, number][] = []
  const bases = [
    ...strong.map((holder) => ({ node: holder.recordId, sourceId: holder.sourceId, serial: holder.serial })),
    ...assets
      .filter((holder) => holder.isTyped)
      .map((holder) => ({ node: -holder.assetId, sourceId: 0, serial: null })),
  ]
  for (const base of bases) {
    const others = ports.filter((port) => port.sourceId !== base.sourceId)
    for (const port of others) {
      const isAlone = others.every((other) => other === port || other.sourceId !== port.sourceId)
      const isContradicted = base.serial && port.serial && base.serial !== port.serial
      if (isAlone && !isContradicted) {
        unions.push([base.node, port.recordId])
      }
    }
  }
  return unions
}

function sharedPorts(ports: readonly RecordHolder[], assets: readonly AssetHolder[]): [number, number][] {
  const hints: [number, number][] = []
  for (const port of ports) {
    if (port.assetId !== null) {
      continue
    }
    const others = ports.flatMap((other) =>
      other.assetId !== null && other.sourceId !== port.sourceId ? [other.assetId] : []
    )
    const typed = assets.flatMap((holder) => (holder.isTyped ? [holder.assetId] : []))
    for (const assetId of new Set([...others, ...typed])) {
      hints.push([port.recordId, assetId])
    }
  }
  return hints
}
