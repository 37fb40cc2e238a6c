import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { PinField, UnpinField, pinnableFieldOrFail } from '#services/inventory/pin_field'
import { FindAsset } from '#services/search/find_asset'
import { toActor } from '#transformers/actor'
import { writeChangeId } from '#transformers/change_id'
import { readIfMatch } from '#transformers/entity_tag'
import { toItemAnswer } from '#transformers/item_answer'
import { toPinEnd } from '#transformers/pin_end'
import { pinValidator, validatePinValue } from '#validators/pin'

@inject()
export default class ItemPinsController {
  constructor(
    private findAsset: FindAsset,
    private pinField: PinField,
    private unpinField: UnpinField
  ) {}

  /** Locks a field of an item, whatever sources say. */
  async update(ctx: HttpContext) {
    const field = pinnableFieldOrFail(ctx.params.field)
    const input = await pinValidator.validate(ctx.request.body())
    const value = await validatePinValue(field, input.value)

    const reason = input.reason ?? undefined
    const pinning = { field, value, reason, ...toPinEnd(input.until), ifRevision: await this.#revisionToMatch(ctx) }
    const { changeSetId } = await this.pinField.handle(ctx.params.id, pinning, toActor(ctx))
    return toItemAnswer(ctx, await this.findAsset.handle(ctx.params.id), changeSetId)
  }

  /** Releases a field: it takes the value that the sources give it. */
  async destroy(ctx: HttpContext) {
    const field = pinnableFieldOrFail(ctx.params.field)

    const ifRevision = await this.#revisionToMatch(ctx)
    writeChangeId(ctx, await this.unpinField.handle(ctx.params.id, field, toActor(ctx), { ifRevision }))
    return ctx.response.noContent()
  }

  async #revisionToMatch({ params, request }: HttpContext): Promise<number | undefined> {
    const header = request.header('if-match')
    return header === undefined ? undefined : readIfMatch(header, await this.findAsset.handle(params.id))
  }
}
