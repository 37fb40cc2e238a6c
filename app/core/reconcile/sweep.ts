/** What a complete reading says about the records that it did not list. */
export interface SweepInput {
  readonly coverage: 'complete' | 'partial'
  /** Records that the source listed in this run. */
  readonly seenCount: number
  /** Records that the source listed in the last accepted complete run; null before the first. */
  readonly baseline: number | null
  /** Open records that were not listed now, and were at the last accepted run. */
  readonly newlyAbsent: number
}

/** Whether absence counts. A refusal is a sentence for people: nothing is marked then. */
export type SweepVerdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'refuse'; readonly guard: 'coverage' | 'empty' | 'shrink'; readonly sentence: string }

const SHRINK_SHARE = 0.2
const SHRINK_FLOOR = 10

/** The guards: unreachable is not absent, and neither is a list that is suddenly empty or much shorter. */
export function judgeSweep(source: string, input: SweepInput): SweepVerdict {
  const { coverage, seenCount, baseline, newlyAbsent } = input
  if (coverage !== 'complete') {
    const sentence = `${source} was read in part. Nothing was marked missing.`
    return { kind: 'refuse', guard: 'coverage', sentence }
  }
  if (baseline !== null && baseline > 0 && seenCount === 0) {
    const sentence = `${source} answered with 0 devices (was ${baseline}). Nothing was marked missing.`
    return { kind: 'refuse', guard: 'empty', sentence }
  }
  if (baseline !== null && newlyAbsent > Math.max(baseline * SHRINK_SHARE, SHRINK_FLOOR)) {
    const sentence = `${source} no longer lists ${newlyAbsent} of ${baseline} devices. Nothing was marked missing.`
    return { kind: 'refuse', guard: 'shrink', sentence }
  }
  return { kind: 'accept' }
}

/** What a sweep found. `notice` is a sentence for the run when absence did not count. */
export interface SweepOutcome {
  readonly missing: number
  readonly dirtyAssetIds: readonly number[]
  readonly isAccepted: boolean
  readonly notice: string | null
}
