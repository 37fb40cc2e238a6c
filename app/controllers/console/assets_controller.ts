import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ReadAsset } from '#services/console/read_asset'
import { ReadInventory } from '#services/console/read_inventory'
import { CreateAsset } from '#services/inventory/create_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { toActor } from '#transformers/actor'
import { toAssetValues } from '#transformers/asset_values'
import { toAssetDetail } from '#transformers/console/asset_detail'
import { toEditAssetForm, toNewAssetForm } from '#transformers/console/asset_form'
import { readStaleForm, toEditConflict } from '#transformers/console/edit_conflict'
import { toInventoryPage } from '#transformers/console/inventory_page'
import { readInventoryQuery } from '#transformers/console/inventory_query'
import { readPosition } from '#transformers/console/list_position'
import { flashNotice, toAddedNotice, toSavedNotice } from '#transformers/console/notice'
import { readForm } from '#transformers/console/read_form'
import { createItemValidator, updateItemValidator } from '#validators/item'

@inject()
export default class AssetsController {
  constructor(
    private readInventory: ReadInventory,
    private readAsset: ReadAsset,
    private createAsset: CreateAsset,
    private editAsset: EditAsset
  ) {}

  /** The inventory: one page of the assets that match. */
  async index({ request, view }: HttpContext) {
    const answer = await this.readInventory.handle(readInventoryQuery(request.qs()))
    return view.render('pages/assets/index', { list: toInventoryPage(answer) })
  }

  /** One asset with where its values come from. */
  async show({ params, request, view }: HttpContext) {
    const whole = await this.readAsset.whole(params.id, readPosition(request.qs().before))
    return view.render('pages/assets/show', { asset: whole.asset, detail: toAssetDetail(whole) })
  }

  /** The form for a new asset. */
  async create({ request, view }: HttpContext) {
    const choices = await this.readAsset.choices()
    return view.render('pages/assets/create', { form: toNewAssetForm(choices, request.qs()) })
  }

  /** Adds an asset; then its page, or the form for another one like it. */
  async store(ctx: HttpContext) {
    const input = await readForm(createItemValidator, ctx.request.except(['_csrf', 'then']))

    const values = { ...toAssetValues(input), hostname: input.hostname, assetType: input.item_type }
    const { assetId, changeSetId } = await this.createAsset.handle(values, toActor(ctx))
    flashNotice(ctx.session, toAddedNotice(input.hostname, assetId, changeSetId))
    const redirect = ctx.response.redirect().status(303)
    return ctx.request.input('then') === 'again'
      ? redirect.withQs({ item_type: input.item_type, room_location: input.room_location ?? '' }).toPath('/items/new')
      : redirect.toPath(`/items/${assetId}`)
  }

  /** The form of an asset; of one that somebody else changed meanwhile with both changes side by side. */
  async edit({ params, session, view }: HttpContext) {
    const stale = readStaleForm(session.flashMessages)

    const { asset, explanations, choices, changes } = await this.readAsset.editable(params.id, stale?.revision)
    const form = toEditAssetForm(asset, explanations, choices)
    const conflict = stale && changes && toEditConflict(form.values, stale, changes)
    const values = conflict?.values ?? form.values
    return view.render('pages/assets/edit', { asset, form: { ...form, values }, conflict })
  }

  /** Saves what a person changed, unless somebody else changed the asset since the form was opened. */
  async update(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const input = await readForm(updateItemValidator, request.except(['_csrf', 'revision']))

    const ifRevision = Number(request.input('revision')) || undefined
    const { changeSetId } = await this.editAsset.handle(params.id, toAssetValues(input), toActor(ctx), { ifRevision })
    flashNotice(session, toSavedNotice(changeSetId))
    return response.redirect().status(303).toPath(`/items/${params.id}`)
  }
}
