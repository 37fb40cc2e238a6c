import { type AuditAction } from '#services/audit/record_audit'

/** What was done, as the page of the audit says it. */
export const AUDIT_WORDS: Record<AuditAction, string> = {
  'account.signed_in': 'Signed in',
  'account.sign_in_failed': 'Sign-in refused',
  'account.signed_out': 'Signed out',
  'account.password_changed': 'Password changed',
  'account.password_refused': 'Password change refused',
  'access.denied': 'Access denied',
  'token.created': 'Token made',
  'token.revoked': 'Token revoked',
  'user.created': 'User added',
  'user.changed': 'User changed',
  'room.added': 'Room added',
  'item_type.added': 'Type added',
  'items.exported': 'Assets exported',
  'items.imported': 'Assets imported',
  'sync.triggered': 'Sync asked for',
  'sync.cancelled': 'Sync cancelled',
  'plan.approved': 'Plan applied',
  'webhook.created': 'Webhook added',
  'webhook.changed': 'Webhook changed',
  'webhook.deleted': 'Webhook deleted',
  'webhook.resent': 'Message sent again',
}
