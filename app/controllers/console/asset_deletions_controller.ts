import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { DeleteAsset } from '#services/inventory/delete_asset'
import { RestoreAsset } from '#services/inventory/restore_asset'
import { FindAsset } from '#services/search/find_asset'
import { toActor } from '#transformers/actor'
import { flashNotice } from '#transformers/console/notice'

@inject()
export default class AssetDeletionsController {
  constructor(
    private findAsset: FindAsset,
    private deleteAsset: DeleteAsset,
    private restoreAsset: RestoreAsset
  ) {}

  /** What deleting the asset means. */
  async create({ params, view }: HttpContext) {
    return view.render('pages/assets/delete', { asset: await this.findAsset.handle(params.id) })
  }

  /** Deletes the asset; the next page offers to take it back. */
  async store(ctx: HttpContext) {
    const { id } = ctx.params

    const { hostname } = await this.findAsset.handle(id)
    await this.deleteAsset.handle(id, toActor(ctx))
    flashNotice(ctx.session, { text: `${hostname} is deleted.`, undo: `/items/${id}/restore` })
    return ctx.response.redirect().status(303).toPath('/')
  }

  /** Takes the deletion back. */
  async destroy(ctx: HttpContext) {
    const { id } = ctx.params

    await this.restoreAsset.handle(id, toActor(ctx))
    const { hostname } = await this.findAsset.handle(id)
    flashNotice(ctx.session, { text: `${hostname} is back.` })
    return ctx.response.redirect().status(303).toPath(`/items/${id}`)
  }
}
