import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ListChanges } from '#services/inventory/list_changes'
import { feedShape } from '#transformers/change_transformer'
import { decodeIdCursor, encodeIdCursor } from '#transformers/id_cursor'
import { writePageHeaders } from '#transformers/page_headers'
import { DEFAULT_LIMIT, pageValidator } from '#validators/paging'

@inject()
export default class ChangesController {
  constructor(private listChanges: ListChanges) {}

  /** The feed of changes, oldest first. Every page that is not empty says where to read on, now or later. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor } = await pageValidator.validate(ctx.request.qs())

    const entries = await this.listChanges.handle({ limit, afterId: decodeIdCursor('feed', cursor) })
    const last = entries.at(-1)
    const total = await this.listChanges.count()
    writePageHeaders(ctx, { nextCursor: last ? encodeIdCursor('feed', last.id) : null, total })
    return entries.map(feedShape.toJson)
  }
}
