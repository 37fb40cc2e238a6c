import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { MergeAssets } from '#services/inventory/merge_assets'
import { SplitAsset } from '#services/inventory/split_asset'
import { toActor } from '#transformers/actor'
import { writeChangeId } from '#transformers/change_id'
import { mergeShape, splitShape } from '#transformers/decision_transformer'
import { mergeValidator, splitValidator } from '#validators/decision'

@inject()
export default class ItemIdentitiesController {
  constructor(
    private mergeAssets: MergeAssets,
    private splitAsset: SplitAsset
  ) {}

  /** Lets another item absorb this one. */
  async merge(ctx: HttpContext) {
    const { into, dry_run: dryRun, reason } = await mergeValidator.validate(ctx.request.body())

    const options = { dryRun, reason: reason ?? undefined }
    const outcome = await this.mergeAssets.handle(ctx.params.id, { into }, toActor(ctx), options)
    writeChangeId(ctx, outcome)
    return mergeShape.toJson(outcome)
  }

  /** Takes records of sources out of this item, into one of their own. */
  async split(ctx: HttpContext) {
    const { records, dry_run: dryRun, reason } = await splitValidator.validate(ctx.request.body())

    const options = { dryRun, reason: reason ?? undefined }
    const outcome = await this.splitAsset.handle(ctx.params.id, { records }, toActor(ctx), options)
    writeChangeId(ctx, outcome)
    return splitShape.toJson(outcome)
  }
}
