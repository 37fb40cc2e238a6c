import db from '@adonisjs/lucid/services/db'
import { fromJson, toIso } from '#database/columns'
import { countRows, type RowCount } from '#services/sync/store/count_rows'
import { selectRows } from '#services/sync/store/sql_client'
import { allOf, sql, type Sql } from '#services/search/sql'
import { type AuditAction } from './record_audit.js'

/** One entry of the audit. */
export interface AuditEntry {
  readonly id: number
  readonly at: string
  readonly action: AuditAction
  readonly actor: string
  readonly userId: number | null
  /** Where the request came from; null for commands. */
  readonly address: string | null
  readonly target: string | null
  readonly detail: Record<string, unknown>
}

export interface AuditQuery {
  readonly limit: number
  /** Only entries before this one. */
  readonly beforeId?: number
  readonly action?: AuditAction
  /** The name of whoever did it, in any case. */
  readonly actor?: string
  /** Not before this moment, and before that one. ISO 8601 in UTC. */
  readonly from?: string
  readonly until?: string
}

/** Which entries are meant. */
export type AuditFilter = Omit<AuditQuery, 'limit' | 'beforeId'>

/** What people and commands did, newest first. */
export class ListAudit {
  async handle({ limit, beforeId, ...filter }: AuditQuery): Promise<AuditEntry[]> {
    const where = allOf([...conditionsOf(filter), ...(beforeId === undefined ? [] : [sql('id < ?', [beforeId])])])
    const rows = await selectRows<Record<string, unknown>>(
      db.connection(),
      `select id, at, action, actor, user_id, address, target, detail from audit_entries
       where ${where.text} order by id desc limit ?`,
      [...where.bindings, limit]
    )
    return rows.map((row) => ({
      id: Number(row.id),
      at: toIso(row.at)!,
      action: row.action as AuditAction,
      actor: String(row.actor),
      userId: row.user_id as number | null,
      address: row.address as string | null,
      target: row.target as string | null,
      detail: fromJson(row.detail),
    }))
  }

  count(filter: AuditFilter): Promise<RowCount> {
    const where = allOf(conditionsOf(filter))
    return countRows(`audit_entries where ${where.text}`, where.bindings as string[])
  }
}

function conditionsOf({ action, actor, from, until }: AuditFilter): Sql[] {
  const given = [
    ['action = ?', action],
    ['lower(actor) = lower(?)', actor],
    ['at >= ?', from],
    ['at < ?', until],
  ] as const
  return given.flatMap(([text, value]) => (value === undefined ? [] : [sql(text, [value])]))
}
