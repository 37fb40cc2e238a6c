import { fromJson } from '#database/columns'
import { CLAIMED_FIELDS, type ClaimedField } from '#core/assets/asset'
import { type PlanRow } from '#core/reconcile/plan_row'
import { bulkSql, insertRows } from './bulk_sql.js'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/** What became of a planned row. `stale`: the asset or the claims changed since, so it was left alone. */
export type RowOutcome = 'planned' | 'unticked' | 'applied' | 'stale'

export interface StoredPlanRow extends PlanRow {
  readonly seq: number
  readonly outcome: RowOutcome
  /** The asset's present name; null for one that is to be made. */
  readonly hostname: string | null
}

/** What a source may say anew of every device at once without being wrong: the guards do not look at it. */
const MOVING = new Set<ClaimedField>(['firmwareVersion', 'location'])

/**
 * How many records a run staged that say something new of which device they are, or of what kind: an upper bound, by what
 * they said before, of those that can trip a guard.
 */
export async function countRedefined(client: SqlClient, runId: number): Promise<number> {
  const claims = CLAIMED_FIELDS.filter((field) => !MOVING.has(field)).map((field) => `claims->>'${field}'`)
  const differ = [...claims, 'hints', 'part_of'].map((value) => `staged.${value} is distinct from former.${value}`)
  const [row] = await selectRows<{ total: number }>(
    client,
    `select cast(count(*) as integer) as total
     from observations staged cross join source_records r
     left join observations former on former.id = r.observation_id
     where staged.run_id = ? and r.id = staged.record_id and staged.id is distinct from r.observation_id
       and (r.asset_id is null or ${differ.join(' or ')} or exists (
         select 1 from observation_identifiers i
         where i.observation_id = staged.id and i.strength = 'strong' and not exists (
           select 1 from observation_identifiers f
           where f.observation_id = former.id and f.kind = i.kind and f.value = i.value)))`,
    [runId]
  )
  return row?.total ?? 0
}

/** What a row of a plan is made with. */
export const PLAN_ROW_COLUMNS = {
  run_id: 'int',
  seq: 'int',
  plan_key: 'text',
  asset_id: 'int',
  action: 'text',
  base_revision: 'int',
  before: 'json',
  after: 'json',
  reason: 'text',
} as const

/** Stores the rows of a plan, in order. */
export async function savePlanRows(trx: SqlClient, runId: number, rows: readonly PlanRow[]): Promise<void> {
  await insertRows(
    trx,
    'plan_rows',
    PLAN_ROW_COLUMNS,
    rows.map((row, index) => ({
      run_id: runId,
      seq: index + 1,
      plan_key: row.key,
      asset_id: row.assetId,
      action: row.action,
      base_revision: row.baseRevision,
      before: row.before,
      after: row.after,
      reason: row.reason,
    }))
  )
}

/** Rows of a plan after `afterSeq`, in order. */
export async function loadPlanRows(
  client: SqlClient,
  runId: number,
  afterSeq = 0,
  limit = 1_000_000
): Promise<StoredPlanRow[]> {
  const rows = await selectRows<Record<string, unknown>>(
    client,
    `select p.seq, p.plan_key, p.asset_id, p.action, p.base_revision, p.before, p.after, p.reason, p.outcome, a.hostname
     from plan_rows p left join assets a on a.id = p.asset_id
     where p.run_id = ? and p.seq > ? order by p.seq limit ?`,
    [runId, afterSeq, limit]
  )
  return rows.map((row) => ({
    seq: Number(row.seq),
    key: String(row.plan_key),
    assetId: row.asset_id as number | null,
    action: row.action as PlanRow['action'],
    baseRevision: Number(row.base_revision),
    before: fromJson(row.before),
    after: fromJson(row.after),
    reason: row.reason as string | null,
    outcome: row.outcome as RowOutcome,
    hostname: row.hostname as string | null,
  }))
}

/** How many rows of a plan there are, by action and by outcome. */
export async function countPlanRows(
  client: SqlClient,
  runId: number
): Promise<{ action: string; outcome: RowOutcome; total: number }[]> {
  return selectRows(
    client,
    `select action, outcome, cast(count(*) as integer) as total from plan_rows where run_id = ? group by action, outcome`,
    [runId]
  )
}

/** Says what became of rows, by their place in the plan. */
export async function markPlanRows(
  trx: SqlClient,
  runId: number,
  seqs: readonly number[],
  outcome: RowOutcome
): Promise<void> {
  if (seqs.length > 0) {
    const wanted = bulkSql(trx).rows('w', { seq: 'int' })
    await execute(trx, `update plan_rows set outcome = ? where run_id = ? and seq in (select seq from ${wanted})`, [
      outcome,
      runId,
      JSON.stringify(seqs.map((seq) => ({ seq }))),
    ])
  }
}

/** Says of the rows that were ticked and not written that they are stale. */
export async function markStaleRows(trx: SqlClient, runId: number): Promise<void> {
  await execute(trx, `update plan_rows set outcome = 'stale' where run_id = ? and outcome = 'planned'`, [runId])
}
