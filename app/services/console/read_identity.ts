import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { type Actor, type Asset } from '#core/assets/asset'
import { InvalidValue } from '#core/assets/errors'
import { ExplainAsset, type FieldExplanation } from '#services/inventory/explain_asset'
import { MergeAssets, type MergeOutcome } from '#services/inventory/merge_assets'
import { SplitAsset } from '#services/inventory/split_asset'
import { type SplitOutcome } from '#services/inventory/split_records'
import { FindAsset } from '#services/search/find_asset'
import { findFeeds } from '#services/search/find_feeds'
import { ListAssets } from '#services/search/list_assets'

const CANDIDATES = 20

/** Two assets, and what merging them would give. */
export interface MergePreview {
  readonly survivor: Asset
  readonly absorbed: Asset
  /** The API's names of the fields that a pin locks in either. */
  readonly pinned: ReadonlySet<string>
  readonly outcome: MergeOutcome
}

/** An asset, its records, and what taking some of them out would give. */
export interface SplitPreview {
  readonly asset: Asset
  readonly explanations: readonly FieldExplanation[]
  readonly recordIds: readonly number[]
  /** Null: nothing is chosen yet, or it cannot be done, which `refusal` then says. */
  readonly outcome: SplitOutcome | null
  readonly refusal: string | null
  /** The asset that would come back with the records; null when a new one is made. */
  readonly revived: Asset | null
}

/** Reads what the pages show on which a person joins and parts assets. Nothing is written. */
@inject()
export class ReadIdentity {
  constructor(
    private findAsset: FindAsset,
    private listAssets: ListAssets,
    private explainAsset: ExplainAsset,
    private mergeAssets: MergeAssets,
    private splitAsset: SplitAsset
  ) {}

  /** An asset and others that match the search. @throws AssetNotFound */
  async candidates(id: number, search: string | undefined) {
    const asset = await this.findAsset.handle(id)
    const wanted = search ?? asset.hostname.split('.', 1)[0]!
    const { assets } = await this.listAssets.handle({
      search: wanted,
      activeOnly: true,
      sort: 'hostname',
      limit: CANDIDATES + 1,
    })
    const others = assets.filter((one) => one.id !== id).slice(0, CANDIDATES)
    const feeds = await findFeeds(
      db.connection(),
      others.map((one) => one.id)
    )
    return { asset, search: wanted, assets: others, feeds }
  }

  /** @throws AssetNotFound, InvalidValue */
  async merge(survivorId: number, absorbedId: number, actor: Actor): Promise<MergePreview> {
    const outcome = await this.mergeAssets.handle(absorbedId, { into: survivorId }, actor, { dryRun: true })
    const [survivor, absorbed, ...explained] = await Promise.all([
      this.findAsset.handle(survivorId),
      this.findAsset.handle(absorbedId),
      this.explainAsset.handle(survivorId),
      this.explainAsset.handle(absorbedId),
    ])
    const pinned = explained.flat().filter(({ pin }) => pin !== null)
    return { survivor, absorbed, outcome, pinned: new Set(pinned.map(({ field }) => field)) }
  }

  /** @throws AssetNotFound */
  async split(id: number, recordIds: readonly number[], actor: Actor): Promise<SplitPreview> {
    const [asset, explanations] = await Promise.all([this.findAsset.handle(id), this.explainAsset.handle(id)])
    const tried = recordIds.length === 0 ? null : await this.#trySplit(id, recordIds, actor)
    const outcome = tried instanceof InvalidValue ? null : tried
    const revived = outcome?.isRevived ? await this.findAsset.handle(outcome.splitId!) : null
    const refusal = tried instanceof InvalidValue ? tried.message : null
    return { asset, explanations, recordIds, outcome, refusal, revived }
  }

  /** What cannot be split is said beside the records, so it is a value here. */
  async #trySplit(id: number, records: readonly number[], actor: Actor): Promise<SplitOutcome | InvalidValue> {
    try {
      return await this.splitAsset.handle(id, { records }, actor, { dryRun: true })
    } catch (error) {
      if (error instanceof InvalidValue) {
        return error
      }
      throw error
    }
  }
}
