import vine from '@vinejs/vine'
import { AUDIT_ACTIONS } from '#services/audit/record_audit'
import { PAGING } from './paging.js'
import { strict } from './rules.js'

/** Query of `GET /api/audit`. */
export const listAuditValidator = vine.create(strict({ action: vine.enum(AUDIT_ACTIONS).optional(), ...PAGING }))
