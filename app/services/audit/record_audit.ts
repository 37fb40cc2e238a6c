import { DateTime } from 'luxon'
import { type Actor } from '#core/assets/asset'
import { parseText } from '#core/assets/text'
import { insertRows } from '#services/sync/store/bulk_sql'
import { type SqlClient } from '#services/sync/store/sql_client'

/** Everything that is written down. What changes items is not here: the history of changes has it. */
export const AUDIT_ACTIONS = [
  'account.signed_in',
  'account.sign_in_failed',
  'account.signed_out',
  'account.password_changed',
  'account.password_refused',
  'access.denied',
  'token.created',
  'token.revoked',
  'user.created',
  'user.changed',
  'room.added',
  'item_type.added',
  'items.exported',
  'items.imported',
  'sync.triggered',
  'sync.cancelled',
  'plan.approved',
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'webhook.resent',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export interface AuditRecord {
  readonly action: AuditAction
  readonly actor: Actor
  /** What it was done to, as kind and id: `user 7`. */
  readonly target?: string
  /** What else is worth knowing. Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/**
 * Writes down what somebody did, in the transaction that does it: neither is there without the other. Texts become plain
 * lines, so that nothing typed can look like another entry, or colour a terminal.
 */
export async function recordAudit(trx: SqlClient, { action, actor, target, detail = {} }: AuditRecord): Promise<void> {
  await insertRows(
    trx,
    'audit_entries',
    { at: 'time', action: 'text', actor: 'text', user_id: 'int', address: 'text', target: 'text', detail: 'json' },
    [
      {
        at: DateTime.utc().toISO(),
        action,
        actor: parseText(actor.name, 64) ?? '',
        user_id: actor.userId,
        address: parseText(actor.address ?? null, 64),
        target: parseText(target ?? null, 128),
        detail: toPlain(detail),
      },
    ]
  )
}

function toPlain(value: unknown): unknown {
  if (typeof value === 'string') {
    return parseText(value, 500)
  }
  if (Array.isArray(value)) {
    return value.map(toPlain)
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toPlain(part)]))
    : value
}
