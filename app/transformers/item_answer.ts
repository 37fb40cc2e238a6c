import { type HttpContext } from '@adonisjs/core/http'
import { type AssetView } from '#services/search/asset_query'
import { writeChangeId } from './change_id.js'
import { toEntityTag } from './entity_tag.js'
import { itemShape } from './item_transformer.js'

/** An item as the body of an answer; its ETag and the change set that made it so go into the headers. */
export function toItemAnswer(ctx: Pick<HttpContext, 'response'>, asset: AssetView, changeSetId: number | null) {
  ctx.response.header('ETag', toEntityTag(asset))
  writeChangeId(ctx, { changeSetId })
  return itemShape.toJson(asset)
}
