import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ReadIdentity } from '#services/console/read_identity'
import { SplitAsset } from '#services/inventory/split_asset'
import { toActor } from '#transformers/actor'
import { readPosition } from '#transformers/console/list_position'
import { flashNotice, toSplitNotice } from '#transformers/console/notice'
import { toSplitPage } from '#transformers/console/split_page'
import { splitFormValidator } from '#validators/console_identity'

@inject()
export default class AssetSplitsController {
  constructor(
    private readIdentity: ReadIdentity,
    private splitAsset: SplitAsset
  ) {}

  /** Which records are another device, and what taking them out would give. */
  async create(ctx: HttpContext) {
    const { records = [] } = ctx.request.qs()
    const recordIds = [records].flat().flatMap((id: unknown) => readPosition(id) ?? [])

    const preview = await this.readIdentity.split(ctx.params.id, recordIds, toActor(ctx))
    return ctx.view.render('pages/split/create', { split: toSplitPage(preview) })
  }

  /** Takes them out. */
  async store(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const { records } = await splitFormValidator.validate(request.only(['records']))

    const { splitId, changeSetId } = await this.splitAsset.handle(params.id, { records }, toActor(ctx))
    flashNotice(session, toSplitNotice(splitId!, changeSetId!))
    return response.redirect().status(303).toPath(`/items/${params.id}`)
  }
}
