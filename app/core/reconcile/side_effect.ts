import { type Pin, type RecordObservation } from './types.js'
import { type Verdict } from './verdicts.js'

/** How a record is linked, and whether its source lists it. Times are ISO 8601 in UTC. */
export interface RecordState {
  readonly id: number
  readonly assetId: number | null
  readonly linkState: 'pending' | 'linked' | 'held' | 'excluded'
  readonly linkRule: string | null
  readonly missedRuns: number
  readonly missingSince: string | null
  readonly closedAt: string | null
}

/** What an observation says of the identity of its device. */
export type ObservedIdentity = Pick<RecordObservation, 'claims' | 'identifiers'>

/** Where a review stands. */
export interface ReviewState {
  readonly state: 'open' | 'resolved'
  readonly resolvedAt: string | null
  readonly resolvedBy: number | null
  readonly resolution: Readonly<Record<string, unknown>> | null
  readonly changeSetId: number | null
}

/** A value's place on the list of junk. */
export interface Denial {
  readonly origin: 'learned' | 'person' | 'allowed'
  readonly reason: string
}

/**
 * What a person's decision changed besides the rows of assets: stored with its change set, so that taking it back finds
 * everything. Each can be turned round.
 */
export type SideEffect =
  | { readonly kind: 'record'; readonly before: RecordState | null; readonly after: RecordState }
  | {
      readonly kind: 'pin'
      readonly assetId: number
      readonly field: string
      readonly before: Pin | null
      readonly after: Pin | null
    }
  | {
      readonly kind: 'observation'
      readonly id: number
      readonly before: ObservedIdentity
      readonly after: ObservedIdentity
    }
  | { readonly kind: 'review'; readonly id: number; readonly before: ReviewState; readonly after: ReviewState }
  | { readonly kind: 'verdicts'; readonly before: readonly Verdict[]; readonly after: readonly Verdict[] }
  | {
      readonly kind: 'baseline'
      readonly sourceId: number
      readonly before: number | null
      readonly after: number | null
    }
  | {
      readonly kind: 'denial'
      readonly value: { readonly kind: string; readonly value: string }
      readonly before: Denial | null
      readonly after: Denial | null
    }

/** The effect that takes this one back. Records are compared with how they stand by then, so they are no part of it. */
export function reversed(effect: Exclude<SideEffect, { kind: 'record' }>): SideEffect {
  return { ...effect, before: effect.after, after: effect.before } as SideEffect
}

/**
 * Three-way: what the decision changed of a record goes back where it still is as the decision left it. A record that
 * did not exist ends. `isMoved`: somebody linked it elsewhere since, so it stays.
 */
export function takeRecordBack(
  effect: Extract<SideEffect, { kind: 'record' }>,
  current: RecordState,
  now: string
): { readonly state: RecordState; readonly isMoved: boolean } {
  const { before, after } = effect
  if (before === null) {
    return { state: { ...current, closedAt: current.closedAt ?? now }, isMoved: current.assetId !== after.assetId }
  }
  const isLinkChanged = before.assetId !== after.assetId || before.linkState !== after.linkState
  const isMoved = isLinkChanged && current.assetId !== after.assetId
  if (isMoved) {
    return { state: current, isMoved }
  }
  const kept = (key: keyof RecordState) => before[key] === after[key] || current[key] !== after[key]
  const fields = Object.keys(before) as (keyof RecordState)[]
  const back = Object.fromEntries(fields.filter((key) => !kept(key)).map((key) => [key, before[key]]))
  return { state: { ...current, ...back }, isMoved }
}
