import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ListAudit } from '#services/audit/list_audit'
import { AUDIT_PER_PAGE, readAuditPageQuery, toAuditPage, toAuditQuery } from '#transformers/console/audit_page'
import { readPosition } from '#transformers/console/list_position'

@inject()
export default class AuditController {
  constructor(private listAudit: ListAudit) {}

  /** What people and commands did, newest first. */
  async index({ request, view }: HttpContext) {
    const query = readAuditPageQuery(request.qs())
    const beforeId = readPosition(request.qs().before)

    const entries = await this.listAudit.handle({ ...toAuditQuery(query), limit: AUDIT_PER_PAGE + 1, beforeId })
    return view.render('pages/audit/index', { list: toAuditPage(entries, query, beforeId) })
  }
}
