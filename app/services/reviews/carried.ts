import { type MergeOutcome } from '#services/inventory/merge_assets'

/** What carrying out an answer gave. */
export interface Carried {
  /** The asset that the records belong to from now on, where there is one. */
  readonly assetId: number | null
  readonly merges: readonly MergeOutcome[]
}

/** Nothing was merged, and no record got an asset. */
export const NOTHING_CARRIED: Carried = { assetId: null, merges: [] }
