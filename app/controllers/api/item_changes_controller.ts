import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { AssetHistory } from '#services/search/asset_history'
import { FindAsset } from '#services/search/find_asset'
import { changeShape } from '#transformers/change_transformer'
import { cutPage, decodeIdCursor } from '#transformers/id_cursor'
import { writePageHeaders } from '#transformers/page_headers'
import { DEFAULT_LIMIT, pageValidator } from '#validators/paging'

@inject()
export default class ItemChangesController {
  constructor(
    private findAsset: FindAsset,
    private assetHistory: AssetHistory
  ) {}

  /** The changes of one item, newest first. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor } = await pageValidator.validate(ctx.request.qs())

    const { id } = ctx.params
    const beforeId = decodeIdCursor('changes', cursor)
    const entries = await this.assetHistory.handle(id, { limit: limit + 1, beforeId })
    const { page, nextCursor } = cutPage('changes', entries, limit, (entry) => entry.id)
    const total = await this.assetHistory.count(id)
    if (total.count === 0) {
      await this.findAsset.handle(id)
    }
    writePageHeaders(ctx, { nextCursor, total })
    return page.map(changeShape.toJson)
  }
}
