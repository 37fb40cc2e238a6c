import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { EditInBulk } from '#services/inventory/edit_in_bulk'
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

  /** Changes, deletes or restores many items at once, by one change that can be taken back. */
  async store(ctx: HttpContext) {
    const input = await bulkValidator.validate(ctx.request.body())

    const ids = input.ids ?? (await this.matchingIds.handle(toAssetFilter(input.filter ?? {})))
    const wish = input.action
      ? { action: input.action }
      : { action: 'set' as const, patch: toAssetValues(input.set ?? {}) }
    const outcome = await this.editInBulk.handle(ids, wish, toActor(ctx), { dryRun: input.dry_run })
    if (outcome.changeSetId !== null) {
      ctx.response.header('X-Change-Id', String(outcome.changeSetId))
    }
    return bulkShape.toJson(outcome)
  }
}
