import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { CreateAsset } from '#services/inventory/create_asset'
import { DeleteAsset } from '#services/inventory/delete_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { RestoreAsset } from '#services/inventory/restore_asset'
import { FindAsset } from '#services/search/find_asset'
import { ListAssets } from '#services/search/list_assets'
import { toActor } from '#transformers/actor'
import { toAssetFilter } from '#transformers/asset_filter'
import { toAssetValues } from '#transformers/asset_values'
import { readIfMatch, toEntityTag } from '#transformers/entity_tag'
import { itemShape } from '#transformers/item_transformer'
import { writePageHeaders } from '#transformers/page_headers'
import { createItemValidator, listItemsValidator, updateItemValidator } from '#validators/item'
import { DEFAULT_LIMIT } from '#validators/paging'

@inject()
export default class ItemsController {
  constructor(
    private listAssets: ListAssets,
    private findAsset: FindAsset,
    private createAsset: CreateAsset,
    private editAsset: EditAsset,
    private deleteAsset: DeleteAsset,
    private restoreAsset: RestoreAsset
  ) {}

  /** One page of the items that match the filters. */
  async index(ctx: HttpContext) {
    const query = await listItemsValidator.validate(ctx.request.qs())

    const page = await this.listAssets.handle({
      ...toAssetFilter(query),
      sort: query.sort ?? 'hostname',
      limit: query.limit ?? DEFAULT_LIMIT,
      cursor: query.cursor,
    })
    writePageHeaders(ctx, page)
    return page.assets.map(itemShape.toJson)
  }

  /** One item, also when it was deleted. */
  async show(ctx: HttpContext) {
    return this.#answer(ctx, ctx.params.id)
  }

  /** Adds an item by hand. What is typed here stays: no source overwrites it. */
  async store(ctx: HttpContext) {
    const input = await createItemValidator.validate(ctx.request.body())

    const values = { ...toAssetValues(input), hostname: input.hostname, assetType: input.item_type }
    const { assetId, changeSetId } = await this.createAsset.handle(values, toActor(ctx))
    ctx.response.status(201).header('Location', `/api/items/${assetId}`)
    return this.#answer(ctx, assetId, changeSetId)
  }

  /** Changes the fields that the body names. */
  async update(ctx: HttpContext) {
    const input = await updateItemValidator.validate(ctx.request.body())

    const ifRevision = await this.#revisionToMatch(ctx)
    const values = toAssetValues(input)
    const { assetId, changeSetId } = await this.editAsset.handle(ctx.params.id, values, toActor(ctx), {
      ifRevision,
    })
    return this.#answer(ctx, assetId, changeSetId)
  }

  /** Deletes softly: the item is listed no more and can be restored. */
  async destroy(ctx: HttpContext) {
    const ifRevision = await this.#revisionToMatch(ctx)
    const { changeSetId } = await this.deleteAsset.handle(ctx.params.id, toActor(ctx), { ifRevision })
    ctx.response.header('X-Change-Id', String(changeSetId))
    return ctx.response.noContent()
  }

  /** Takes a deletion back. */
  async restore(ctx: HttpContext) {
    const { assetId, changeSetId } = await this.restoreAsset.handle(ctx.params.id, toActor(ctx))
    return this.#answer(ctx, assetId, changeSetId)
  }

  async #answer({ response }: HttpContext, id: number, changeSetId: number | null = null) {
    const asset = await this.findAsset.handle(id)
    response.header('ETag', toEntityTag(asset))
    if (changeSetId !== null) {
      response.header('X-Change-Id', String(changeSetId))
    }
    return itemShape.toJson(asset)
  }

  async #revisionToMatch({ params, request }: HttpContext): Promise<number | undefined> {
    const header = request.header('if-match')
    return header === undefined ? undefined : readIfMatch(header, await this.findAsset.handle(params.id))
  }
}
