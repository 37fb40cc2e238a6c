import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ReadIdentity } from '#services/console/read_identity'
import { MergeAssets } from '#services/inventory/merge_assets'
import { toActor } from '#transformers/actor'
import { toInventoryRow } from '#transformers/console/inventory_page'
import { readPosition } from '#transformers/console/list_position'
import { toMergePage } from '#transformers/console/merge_page'
import { flashNotice, toMergedNotice } from '#transformers/console/notice'
import { mergeFormValidator } from '#validators/console_identity'

@inject()
export default class AssetMergesController {
  constructor(
    private readIdentity: ReadIdentity,
    private mergeAssets: MergeAssets
  ) {}

  /** Which other asset is this one? At first those that are called alike. */
  async create({ params, request, view }: HttpContext) {
    const { search: given } = request.qs()
    const search = typeof given === 'string' ? given.slice(0, 200) : undefined

    const { assets, feeds, ...found } = await this.readIdentity.candidates(params.id, search)
    const rows = assets.map((asset) => toInventoryRow(asset, feeds.get(asset.id) ?? [], found.search))
    return view.render('pages/merge/create', { ...found, rows })
  }

  /** What merging this asset with another one would give. `stays` names the one that goes on. */
  async show(ctx: HttpContext) {
    const { params, request, view } = ctx
    const stays = readPosition(request.qs().stays) === params.other ? params.other : params.id

    const goes = stays === params.id ? params.other : params.id
    const preview = await this.readIdentity.merge(stays, goes, toActor(ctx))
    return view.render('pages/merge/show', { merge: toMergePage(preview, params.id) })
  }

  /** Merges them. */
  async store(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const { stays } = await mergeFormValidator.validate(request.only(['stays']))

    const goes = stays === params.id ? params.other : params.id
    const { changeSetId } = await this.mergeAssets.handle(goes, { into: stays }, toActor(ctx))
    flashNotice(session, toMergedNotice(changeSetId!))
    return response.redirect().status(303).toPath(`/items/${stays}`)
  }
}
