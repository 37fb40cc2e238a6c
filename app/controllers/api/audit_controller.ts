import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ListAudit } from '#services/audit/list_audit'
import { auditShape } from '#transformers/audit_transformer'
import { cutPage, decodeIdCursor } from '#transformers/id_cursor'
import { writePageHeaders } from '#transformers/page_headers'
import { listAuditValidator } from '#validators/audit'
import { DEFAULT_LIMIT } from '#validators/paging'

@inject()
export default class AuditController {
  constructor(private listAudit: ListAudit) {}

  /** What people and commands did, newest first. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = await listAuditValidator.validate(ctx.request.qs())

    const beforeId = decodeIdCursor('audit', cursor)
    const entries = await this.listAudit.handle({ limit: limit + 1, beforeId, ...filter })
    const { page, nextCursor } = cutPage('audit', entries, limit, ({ id }) => id)
    writePageHeaders(ctx, { nextCursor, total: await this.listAudit.count(filter) })
    return page.map(auditShape.toJson)
  }
}
