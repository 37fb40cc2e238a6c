import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ListPins } from '#services/inventory/list_pins'
import { heldPinShape } from '#transformers/held_pin_transformer'
import { decodeIdCursor, encodeIdCursor } from '#transformers/id_cursor'
import { writePageHeaders } from '#transformers/page_headers'
import { listPinsValidator } from '#validators/decision'
import { DEFAULT_LIMIT } from '#validators/paging'

@inject()
export default class PinsController {
  constructor(private listPins: ListPins) {}

  /** What pins hold back, item by item. A page ends with a whole item, so it may be a little longer than its limit. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor, field, source } = await listPinsValidator.validate(ctx.request.qs())

    const pins = await this.listPins.held({ field, source, limit, afterAssetId: decodeIdCursor('pins', cursor) })
    const last = pins.length >= limit ? pins.at(-1) : undefined
    const total = await this.listPins.count({ field, source, isHeld: true })
    writePageHeaders(ctx, { nextCursor: last ? encodeIdCursor('pins', last.assetId) : null, total })
    return pins.map(heldPinShape.toJson)
  }
}
