import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { type Infer } from '@vinejs/vine/types'
import { EditInBulk, type BulkWish } from '#services/inventory/edit_in_bulk'
import { pinnableFieldOrFail } from '#services/inventory/pin_field'
import { MatchingIds } from '#services/search/matching_ids'
import { toActor } from '#transformers/actor'
import { toAssetFilter } from '#transformers/asset_filter'
import { toAssetValues } from '#transformers/asset_values'
import { bulkShape } from '#transformers/bulk_transformer'
import { bulkValidator } from '#validators/bulk'

@inject()
export default class ItemBulkController {
  constructor(
    private matchingIds: MatchingIds,
    private editInBulk: EditInBulk
  ) {}

  /** Changes, deletes or restores many items, or releases their pins, by one change that can be taken back. */
  async store(ctx: HttpContext) {
    const input = await bulkValidator.validate(ctx.request.body())

    const ids = input.ids ?? (await this.matchingIds.handle(toAssetFilter(input.filter ?? {})))
    const outcome = await this.editInBulk.handle(ids, toWish(input), toActor(ctx), { dryRun: input.dry_run })
    if (outcome.changeSetId !== null) {
      ctx.response.header('X-Change-Id', String(outcome.changeSetId))
    }
    return bulkShape.toJson(outcome)
  }
}

function toWish({ action, release, set }: Infer<typeof bulkValidator>): BulkWish {
  if (release) {
    return { action: 'release', fields: release.map(pinnableFieldOrFail) }
  }
  return action ? { action } : { action: 'set', patch: toAssetValues(set ?? {}) }
}
