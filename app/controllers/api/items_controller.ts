import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { CreateAsset } from '#services/inventory/create_asset'
import { DeleteAsset } from '#services/inventory/delete_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { RestoreAsset } from '#services/inventory/restore_asset'
import { FindAsset } from '#services/search/find_asset'
import { ListAssets } from '#services/search/list_assets'
import { writeChangeId } from '#transformers/change_id'
import { toActor } from '#transformers/actor'
import { toAssetFilter } from '#transformers/asset_filter'
import { toAssetValues } from '#transformers/asset_values'
import { readIfMatch } from '#transformers/entity_tag'
import { toItemAnswer } from '#transformers/item_answer'
import { itemShape } from '#transformers/item_transformer'
import { writePageHeaders } from '#transformers/page_headers'
import { createItemValidator, listItemsValidator, updateItemValidator } from '#validators/item'
import { DEFAULT_LIMIT } from '#validators/paging'

/** Each action asks the container for what it needs itself, so that a read does not make what only writes need. */
export default class ItemsController {
  /** One page of the items that match the filters. */
  @inject()
  async index(ctx: HttpContext, listAssets: ListAssets) {
    const query = await listItemsValidator.validate(ctx.request.qs())

    const page = await listAssets.handle({
      ...toAssetFilter(query),
      sort: query.sort ?? 'hostname',
      limit: query.limit ?? DEFAULT_LIMIT,
      cursor: query.cursor,
    })
    writePageHeaders(ctx, page)
    return page.assets.map(itemShape.toJson)
  }

  /** One item, also when it was deleted. */
  @inject()
  async show(ctx: HttpContext, findAsset: FindAsset) {
    return toItemAnswer(ctx, await findAsset.handle(ctx.params.id), null)
  }

  /** Adds an item by hand. What is typed here stays: no source overwrites it. */
  @inject()
  async store(ctx: HttpContext, createAsset: CreateAsset, findAsset: FindAsset) {
    const input = await createItemValidator.validate(ctx.request.body())

    const values = { ...toAssetValues(input), hostname: input.hostname, assetType: input.item_type }
    const { assetId, changeSetId } = await createAsset.handle(values, toActor(ctx))
    ctx.response.status(201).header('Location', `/api/items/${assetId}`)
    return toItemAnswer(ctx, await findAsset.handle(assetId), changeSetId)
  }

  /** Changes the fields that the body names. */
  @inject()
  async update(ctx: HttpContext, editAsset: EditAsset, findAsset: FindAsset) {
    const input = await updateItemValidator.validate(ctx.request.body())

    const ifRevision = await revisionToMatch(ctx, findAsset)
    const values = toAssetValues(input)
    const { assetId, changeSetId } = await editAsset.handle(ctx.params.id, values, toActor(ctx), { ifRevision })
    return toItemAnswer(ctx, await findAsset.handle(assetId), changeSetId)
  }

  /** Deletes softly: the item is listed no more and can be restored. */
  @inject()
  async destroy(ctx: HttpContext, deleteAsset: DeleteAsset, findAsset: FindAsset) {
    const ifRevision = await revisionToMatch(ctx, findAsset)
    const { changeSetId } = await deleteAsset.handle(ctx.params.id, toActor(ctx), { ifRevision })
    writeChangeId(ctx, { changeSetId })
    return ctx.response.noContent()
  }

  /** Takes a deletion back. */
  @inject()
  async restore(ctx: HttpContext, restoreAsset: RestoreAsset, findAsset: FindAsset) {
    const { assetId, changeSetId } = await restoreAsset.handle(ctx.params.id, toActor(ctx))
    return toItemAnswer(ctx, await findAsset.handle(assetId), changeSetId)
  }
}

async function revisionToMatch({ params, request }: HttpContext, findAsset: FindAsset): Promise<number | undefined> {
  const header = request.header('if-match')
  return header === undefined ? undefined : readIfMatch(header, await findAsset.handle(params.id))
}
