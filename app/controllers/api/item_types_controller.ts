import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { AddAssetType } from '#services/inventory/add_asset_type'
import { ListAssetTypes } from '#services/inventory/list_asset_types'
import { toActor } from '#transformers/actor'
import { itemTypeShape } from '#transformers/named_transformer'
import { pageOfShortList } from '#transformers/short_list'
import { nameValidator } from '#validators/name'
import { pageValidator } from '#validators/paging'

@inject()
export default class ItemTypesController {
  constructor(
    private listAssetTypes: ListAssetTypes,
    private addAssetType: AddAssetType
  ) {}

  /** Every item type, in the order of lists. */
  async index(ctx: HttpContext) {
    const paging = await pageValidator.validate(ctx.request.qs())

    const rows = await this.listAssetTypes.handle()
    return pageOfShortList(ctx, { name: 'item_types', rows, idOf: (type) => type.id }, paging).map(itemTypeShape.toJson)
  }

  /** Adds an item type. */
  async store(ctx: HttpContext) {
    const { name } = await nameValidator.validate(ctx.request.body())

    const type = await this.addAssetType.handle(name, toActor(ctx))
    ctx.response.status(201)
    return itemTypeShape.toJson(type)
  }
}
