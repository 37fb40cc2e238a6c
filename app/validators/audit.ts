import vine from '@vinejs/vine'
import { AUDIT_ACTIONS } from '#services/audit/record_audit'
import { PAGING } from './paging.js'
import { moment, strict } from './rules.js'
import { parameter } from './text.js'

/** Query of `GET /api/audit`: not before `from`, and before `until`. */
export const listAuditValidator = vine.create(
  strict({
    action: vine.enum(AUDIT_ACTIONS).optional(),
    actor: parameter(64),
    from: parameter(40).use(moment()),
    until: parameter(40).use(moment()),
    ...PAGING,
  })
)
