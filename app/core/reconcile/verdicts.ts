import { type AssetIdentifier } from './asset_view.js'
import { strongSerials } from './resolve.js'
import { type ReviewKind } from './review.js'
import { type SourceRecord } from './types.js'

/** What a verdict is about: `record:12` or `asset:5`. */
export type Party = `record:${number}` | `asset:${number}`

/** A person said that two parties are different devices, knowing this evidence (`kind value`). */
export interface Verdict {
  readonly a: Party
  readonly b: Party
  readonly evidence: readonly string[]
}

/**
 * What people said about pairs, honoured for ever: a value that was known at the verdict joins the two no more. A value
 * that appeared since is new evidence, and may ask again.
 */
export class Verdicts {
  readonly #known = new Map<string, Set<string>>()

  constructor(verdicts: readonly Verdict[]) {
    for (const { a, b, evidence } of verdicts) {
      const key = pairKey(a, b)
      const values = this.#known.get(key) ?? new Set()
      evidence.forEach((value) => values.add(value))
      this.#known.set(key, values)
    }
  }

  get isEmpty(): boolean {
    return this.#known.size === 0
  }

  /** True when one of the first parties was told apart from one of the second. `value` null asks about any evidence. */
  areDifferent(first: readonly Party[], second: readonly Party[], value: string | null): boolean {
    return first.some((a) =>
      second.some((b) => {
        const values = this.#known.get(pairKey(a, b))
        return values !== undefined && (value === null || values.has(value))
      })
    )
  }
}

/** The parties under which a record may be meant: itself, and the asset that it is linked to. */
export function partiesOf(record: { readonly id: number; readonly assetId: number | null }): Party[] {
  return record.assetId === null ? [`record:${record.id}`] : [`record:${record.id}`, `asset:${record.assetId}`]
}

/** Which pairs are told apart when a person answers a review with "different". Nobody is told apart from itself. */
export function differentPairs(
  kind: ReviewKind,
  records: readonly SourceRecord[],
  assetIds: readonly number[]
): (readonly [Party, Party])[] {
  const owners = records.flatMap((record) => record.assetId ?? [])
  const assets = [...new Set([...assetIds, ...owners])].map((id): Party => `asset:${id}`)
  return [
    ...pairsOf(assets),
    ...records.flatMap((record) =>
      assets
        .filter((asset) => asset !== `asset:${record.assetId}`)
        .map((asset) => [`record:${record.id}`, asset] as const)
    ),
    ...records.flatMap((record, index) =>
      records
        .slice(index + 1)
        .filter((other) => areApart(kind, record, other))
        .map((other) => [`record:${record.id}`, `record:${other.id}`] as const)
    ),
  ]
}

/** Records of one question stay together unless the question is about themselves. */
function areApart(kind: ReviewKind, a: SourceRecord, b: SourceRecord): boolean {
  if (a.assetId !== null && a.assetId === b.assetId) {
    return false
  }
  if (kind === 'same_source_twin') {
    return a.sourceId === b.sourceId
  }
  return kind === 'contradiction' && !strongSerials(a).some((serial) => strongSerials(b).includes(serial))
}

/** What splitting records off an asset says: they, and the asset that they get, are other devices than it. */
export function toAssetVerdicts(
  asset: { readonly id: number; readonly identifiers: readonly AssetIdentifier[] },
  records: readonly SourceRecord[],
  leaving: readonly number[],
  splitId: number
): Verdict[] {
  const evidence = evidenceOf(records, asset.identifiers)
  const parties: Party[] = [`asset:${splitId}`, ...leaving.map((id): Party => `record:${id}`)]
  return parties.map((b) => ({ a: `asset:${asset.id}`, b, evidence }))
}

/** All that could join these parties, as `kind value`: known when a person tells them apart. */
export function evidenceOf(records: readonly SourceRecord[], identifiers: readonly AssetIdentifier[]): string[] {
  const reported = records.flatMap(({ observation }) => observation.identifiers)
  const strong = [...reported, ...identifiers].filter(({ strength }) => strength !== 'weak')
  return [...new Set(strong.map(({ kind, value }) => `${kind} ${value}`))].sort()
}

function pairsOf(parties: readonly Party[]): (readonly [Party, Party])[] {
  return parties.flatMap((a, index) => parties.slice(index + 1).map((b) => [a, b] as const))
}

/** The pair in the order in which it is stored. */
export function orderedPair(a: Party, b: Party): readonly [Party, Party] {
  return a < b ? [a, b] : [b, a]
}

function pairKey(a: Party, b: Party): string {
  return orderedPair(a, b).join(' ')
}
