import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ListPins } from '#services/inventory/list_pins'
import { heldPinShape } from '#transformers/held_pin_transformer'
import { decodePinCursor, encodePinCursor } from '#transformers/pin_cursor'
import { writePageHeaders } from '#transformers/page_headers'
import { listPinsValidator } from '#validators/decision'
import { DEFAULT_LIMIT } from '#validators/paging'

@inject()
export default class PinsController {
  constructor(private listPins: ListPins) {}

  /** What pins hold back, item by item. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor, field, source } = await listPinsValidator.validate(ctx.request.qs())

    const after = cursor === undefined ? undefined : decodePinCursor(cursor)
    const pins = await this.listPins.held({ field, source, limit: limit + 1, after })
    const page = pins.slice(0, limit)
    const last = pins.length > limit ? page.at(-1) : undefined
    const total = await this.listPins.count({ field, source, isHeld: true })
    writePageHeaders(ctx, { nextCursor: last ? encodePinCursor(last) : null, total })
    return page.map(heldPinShape.toJson)
  }
}
