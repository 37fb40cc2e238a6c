import { type AuditEntry } from '#services/audit/list_audit'
import { AUDIT_ACTIONS } from '#services/audit/record_audit'
import { choice, integer, nullable, shape, text, time } from './shape.js'

/** What somebody did, or was refused. */
export const auditShape = shape<AuditEntry>('AuditEntry', {
  id: integer((entry) => entry.id),
  at: time((entry) => entry.at),
  action: choice(AUDIT_ACTIONS, (entry) => entry.action),
  actor: text((entry) => entry.actor),
  user_id: nullable(integer((entry) => entry.userId)),
  address: nullable(text((entry) => entry.address)),
  target: nullable(text((entry) => entry.target)),
  detail: { schema: { type: 'object' }, read: (entry) => entry.detail },
})
