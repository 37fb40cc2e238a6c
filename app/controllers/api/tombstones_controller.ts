import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { DropTombstone } from '#services/inventory/drop_tombstone'
import { ListTombstones } from '#services/inventory/list_tombstones'
import { toActor } from '#transformers/actor'
import { writeChangeId } from '#transformers/change_id'
import { cutPage, decodeIdCursor } from '#transformers/id_cursor'
import { toTotal, writePageHeaders } from '#transformers/page_headers'
import { tombstoneShape } from '#transformers/tombstone_transformer'
import { DEFAULT_LIMIT, pageValidator } from '#validators/paging'

@inject()
export default class TombstonesController {
  constructor(
    private listTombstones: ListTombstones,
    private dropTombstone: DropTombstone
  ) {}

  /** What was deleted on purpose and stays away, highest id first. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor } = await pageValidator.validate(ctx.request.qs())

    const beforeId = decodeIdCursor('tombstones', cursor)
    const tombstones = await this.listTombstones.handle({ limit: limit + 1, beforeId })
    const { page, nextCursor } = cutPage('tombstones', tombstones, limit, ({ id }) => id)
    const total = toTotal(await this.listTombstones.count())
    writePageHeaders(ctx, { nextCursor, total })
    return page.map(tombstoneShape.toJson)
  }

  /** Brings a deleted item back, with the records that were ignored for its sake. */
  async destroy(ctx: HttpContext) {
    writeChangeId(ctx, await this.dropTombstone.handle(ctx.params.id, toActor(ctx)))
    return ctx.response.noContent()
  }
}
