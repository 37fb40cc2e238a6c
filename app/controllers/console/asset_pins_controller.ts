import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { PinField, UnpinField, pinnableFieldOrFail } from '#services/inventory/pin_field'
import { toActor } from '#transformers/actor'
import { flashNotice, toPinnedNotice, toReleasedNotice } from '#transformers/console/notice'
import { toPinEnd } from '#transformers/pin_end'
import { pinFormValidator } from '#validators/console_pin'

@inject()
export default class AssetPinsController {
  constructor(
    private pinField: PinField,
    private unpinField: UnpinField
  ) {}

  /** Locks a field to the value that it has. */
  async store(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const field = pinnableFieldOrFail(params.field)
    const input = await pinFormValidator.validate(request.except(['_csrf']))

    const until = input.until === 'date' ? input.until_date : input.until
    const pinning = { field, reason: input.reason ?? undefined, ...toPinEnd(until) }
    await this.pinField.handle(params.id, pinning, toActor(ctx))
    flashNotice(session, toPinnedNotice(params.field))
    return response.redirect().status(303).toPath(`/items/${params.id}#fact-${params.field}`)
  }

  /** Releases a field: it takes the value that the sources give it. */
  async destroy(ctx: HttpContext) {
    const { params, response, session } = ctx
    const field = pinnableFieldOrFail(params.field)

    const { changeSetId } = await this.unpinField.handle(params.id, field, toActor(ctx))
    flashNotice(session, toReleasedNotice(params.field, changeSetId))
    return response.redirect().status(303).toPath(`/items/${params.id}#fact-${params.field}`)
  }
}
