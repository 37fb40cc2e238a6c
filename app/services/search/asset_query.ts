import { type Asset, type AssetStatus, type PresenceFilter } from '#core/assets/asset'
import { type SearchWord, toSearchTerms } from '#core/assets/search_text'

/** Which assets are meant. What is absent does not narrow; all that is given must hold. */
export interface AssetFilter {
  /** What a person typed into the search box. */
  readonly search?: string
  /** Names of asset types: any of them. */
  readonly types?: readonly string[]
  readonly room?: string
  /** A source's name: assets with an open record of it. `manual` and `merged`: assets whose source is called that. */
  readonly source?: string
  readonly status?: AssetStatus
  readonly presence?: PresenceFilter
  readonly activeOnly: boolean
}

/** One page of the assets that are meant. */
export interface AssetQuery extends AssetFilter {
  /** A name of `ASSET_SORTS`, descending with a `-` before it. */
  readonly sort: string
  readonly limit: number
  /** The `nextCursor` of the page before. */
  readonly cursor?: string
}

/** An asset as people and scripts see it. */
export interface AssetView extends Asset {
  /** When a source that knows it was last read to the end, or since when all miss it. Null: no source knows it. */
  readonly lastSyncedAt: string | null
}

/** A count that stops at a limit: `exact` is false when there are more. */
export interface CappedCount {
  readonly count: number
  readonly exact: boolean
}

/** A filter whose search is read into words. */
export interface SearchFilter extends Omit<AssetFilter, 'search'> {
  readonly words: readonly SearchWord[]
}

export function toSearchFilter({ search, ...filter }: AssetFilter): SearchFilter {
  return { ...filter, words: toSearchTerms(search ?? '').words }
}
