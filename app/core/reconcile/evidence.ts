import { type EvidenceIdentifier, type IdentifierStrength } from './types.js'
import { UnionFind } from './union_find.js'
import { partiesOf, type Party, type Verdicts } from './verdicts.js'

/** A record that carries one given value. */
export interface RecordHolder {
  readonly recordId: number
  readonly sourceId: number
  readonly assetId: number | null
  /** Its asset was deleted: the record stays away with it until a person says otherwise. */
  readonly isExcluded: boolean
  readonly strength: IdentifierStrength
  /** The record's own strong serial, or null. */
  readonly serial: string | null
}

/**
 * An asset that carries the value in its own right: typed by a person, or left by a record that was closed. `former`:
 * the asset was deleted.
 */
export interface AssetHolder {
  readonly assetId: number
  readonly strength: IdentifierStrength | 'former'
  readonly isTyped: boolean
}

/** What one value says about who is who. Nodes: records are positive ids, assets negative ones. */
export interface ValueVerdict {
  /** Why the value proves nothing from now on; null while it is good evidence. */
  readonly junk: string | null
  readonly unions: readonly (readonly [number, number])[]
  /** Pairs of a record without an asset and an asset that share this value as medium evidence. */
  readonly hints: readonly (readonly [recordId: number, assetId: number])[]
  /** Pairs of a record and a deleted asset that carried this value. */
  readonly tombstones: readonly (readonly [recordId: number, assetId: number])[]
}

/** What people decided about the value and about those who carry it. */
export interface PeoplesWord {
  /** It was learned to be junk. */
  readonly isDenied: boolean
  /** A person said that it is real, however many carry it. */
  readonly isAllowed: boolean
  readonly verdicts: Verdicts
}

/** More records of one source than this never share a real serial or base MAC. */
const MOST_RECORDS_OF_ONE_SOURCE = 3

const NOTHING: ValueVerdict = { junk: null, unions: [], hints: [], tombstones: [] }

/** Judges one value by all who carry it. */
export function judgeValue(
  { kind, value }: Pick<EvidenceIdentifier, 'kind' | 'value'>,
  records: readonly RecordHolder[],
  assets: readonly AssetHolder[],
  { isDenied, isAllowed, verdicts }: PeoplesWord
): ValueVerdict {
  if (isDenied) {
    return NOTHING
  }
  const strong = records.filter((holder) => holder.strength === 'strong')
  const junk = isAllowed ? null : junkReason(kind, strong)
  if (junk) {
    return { ...NOTHING, junk }
  }

  const isApart = (a: Node, b: Node) => verdicts.areDifferent(a.parties, b.parties, `${kind} ${value}`)
  const owners = assets.filter((holder) => holder.strength === 'strong').map(assetNode)
  const unions = joinAll([...strong.map(recordNode), ...owners], verdicts.isEmpty ? null : isApart)
  const former = assets.filter((holder) => holder.strength === 'former')
  const tombstones = strong.flatMap(({ recordId }) => former.map(({ assetId }) => [recordId, assetId] as const))
  if (kind !== 'mac') {
    return { junk: null, unions, hints: [], tombstones }
  }

  const ports = records.filter((holder) => holder.strength === 'medium')
  const deleted = new Set(former.map(({ assetId }) => -assetId))
  for (const [base, port] of portsOfOneBase(strong, ports, assets)) {
    if (deleted.has(base.id)) {
      tombstones.push([port.id, -base.id])
    } else if (!isApart(base, port)) {
      unions.push([base.id, port.id])
    }
  }
  return { junk: null, unions, hints: sharedPorts(ports, assets, verdicts), tombstones }
}

type Pair = readonly [number, number]

/**
 * Sorts what one value joins: `joins` reach a record that has no asset yet; `questions`, in pairs of assets, only say
 * that assets share the value. A question joins nothing, so what is decided of other records does not depend on it.
 * `assetOf` names the asset of each record that has one, as a node.
 */
export function sortUnions(
  unions: readonly Pair[],
  assetOf: ReadonlyMap<number, number>
): { joins: readonly Pair[]; questions: readonly Pair[] } {
  const toAsset = (node: number) => assetOf.get(node) ?? node
  const isFree = (node: number) => toAsset(node) > 0
  const groups = new UnionFind()
  unions.forEach(([a, b]) => groups.union(a, b))
  const free = new Set(
    unions
      .flat()
      .filter(isFree)
      .map((node) => groups.find(node))
  )
  const joins = unions.filter(([node]) => free.has(groups.find(node)))
  const questions = unions.filter(([node]) => !free.has(groups.find(node)))
  return { joins, questions: questions.map(([a, b]) => [toAsset(a), toAsset(b)] as const) }
}

/** Somebody who carries a value: a record by its id, an asset by its negative id. */
interface Node {
  readonly id: number
  readonly parties: readonly Party[]
}

function recordNode({ recordId, assetId }: RecordHolder): Node {
  return { id: recordId, parties: partiesOf({ id: recordId, assetId }) }
}

function assetNode({ assetId }: AssetHolder): Node {
  return { id: -assetId, parties: [`asset:${assetId}`] }
}

/** Joins all, or, where people spoke, every two that were not told apart. */
function joinAll(
  nodes: readonly Node[],
  isApart: ((a: Node, b: Node) => boolean) | null
): (readonly [number, number])[] {
  if (isApart === null) {
    return nodes.slice(1).map((node) => [nodes[0]!.id, node.id] as const)
  }
  return nodes.flatMap((a, index) =>
    nodes.slice(index + 1).flatMap((b) => (isApart(a, b) ? [] : [[a.id, b.id] as const]))
  )
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
): [Node, Node][] {
  const unions: [Node, Node][] = []
  const bases = [
    ...strong.map((holder) => ({ node: recordNode(holder), sourceId: holder.sourceId, serial: holder.serial })),
    ...assets
      .filter((holder) => holder.isTyped)
      .map((holder) => ({ node: assetNode(holder), sourceId: 0, serial: null })),
  ]
  for (const base of bases) {
    const others = ports.filter((port) => port.sourceId !== base.sourceId)
    for (const port of others) {
      const isAlone = others.every((other) => other === port || other.sourceId !== port.sourceId)
      const isContradicted = base.serial && port.serial && base.serial !== port.serial
      if (isAlone && !isContradicted) {
        unions.push([base.node, recordNode(port)])
      }
    }
  }
  return unions
}

function sharedPorts(
  ports: readonly RecordHolder[],
  assets: readonly AssetHolder[],
  verdicts: Verdicts
): [number, number][] {
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
      if (!verdicts.areDifferent([`record:${port.recordId}`], [`asset:${assetId}`], null)) {
        hints.push([port.recordId, assetId])
      }
    }
  }
  return hints
}
