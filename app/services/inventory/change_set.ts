import { type SideEffect } from '#core/reconcile/side_effect'
import { bulkSql, insertRows } from '#services/sync/store/bulk_sql'
import { execute, selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { fromJson } from '#database/columns'

/** Who changed what, and why: the head of a group of changes that can be read and taken back together. */
export interface ChangeSetHead {
  readonly kind:
    | 'run'
    | 'create'
    | 'edit'
    | 'delete'
    | 'restore'
    | 'bulk_edit'
    | 'import'
    | 'merge'
    | 'split'
    | 'review'
    | 'policy'
    | 'undo'
  readonly runId: number | null
  readonly userId: number | null
  readonly actor: string
  readonly reason: string | null
  /** The change set that this one takes back. */
  readonly undoesId?: number
}

/** Makes the head of a change set; answers its id. Call it inside the writing transaction, after its clock ticked. */
export async function openChangeSet(trx: SqlClient, head: ChangeSetHead, now: string): Promise<number> {
  const [id] = await bulkSql(trx).allocateIds(trx, 'change_sets', 1)
  await insertRows(
    trx,
    'change_sets',
    {
      id: 'int',
      kind: 'text',
      run_id: 'int',
      user_id: 'int',
      actor: 'text',
      reason: 'text',
      undoes_id: 'int',
      created_at: 'time',
    },
    [
      {
        id,
        kind: head.kind,
        run_id: head.runId,
        user_id: head.userId,
        actor: head.actor,
        reason: head.reason,
        undoes_id: head.undoesId ?? null,
        created_at: now,
      },
    ]
  )
  return id!
}

/** Stores what a change set changed besides assets. */
export async function saveEffects(trx: SqlClient, changeSetId: number, effects: readonly SideEffect[]): Promise<void> {
  if (effects.length > 0) {
    await execute(trx, 'update change_sets set detail = ? where id = ?', [JSON.stringify({ effects }), changeSetId])
  }
}

/** What a change set changed besides assets; empty for most. */
export async function loadEffects(client: SqlClient, changeSetId: number): Promise<SideEffect[]> {
  const [row] = await selectRows<{ detail: unknown }>(client, 'select detail from change_sets where id = ?', [
    changeSetId,
  ])
  return fromJson<{ effects: SideEffect[] } | null>(row?.detail ?? null)?.effects ?? []
}
