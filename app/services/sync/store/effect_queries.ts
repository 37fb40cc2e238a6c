import { fromJson, toIso } from '#database/columns'
import { type Denial, type RecordState, type ReviewState } from '#core/reconcile/side_effect'
import { bulkSql } from './bulk_sql.js'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/** How these records stand, by id. */
export async function loadRecordStates(
  client: SqlClient,
  recordIds: readonly number[]
): Promise<Map<number, RecordState>> {
  const rows = await selectRows<Record<string, unknown>>(
    client,
    `select r.id, r.asset_id, r.link_state, r.link_rule, r.missed_runs, r.missing_since, r.closed_at
     from ${bulkSql(client).rows('w', { id: 'int' })} cross join source_records r where r.id = w.id`,
    [JSON.stringify(recordIds.map((id) => ({ id })))]
  )
  return new Map(rows.map((row) => [Number(row.id), toState(row)]))
}

function toState(row: Record<string, unknown>): RecordState {
  return {
    id: Number(row.id),
    assetId: row.asset_id as number | null,
    linkState: row.link_state as RecordState['linkState'],
    linkRule: row.link_rule as string | null,
    missedRuns: Number(row.missed_runs),
    missingSince: toIso(row.missing_since),
    closedAt: toIso(row.closed_at),
  }
}

/** Puts records into these states. Those that end come first: their keys are free for others then. */
export async function saveRecordStates(trx: SqlClient, states: readonly RecordState[]): Promise<void> {
  for (const isEnding of [true, false]) {
    const some = states.filter((state) => (state.closedAt !== null) === isEnding)
    if (some.length > 0) {
      await saveStates(trx, some)
    }
  }
}

async function saveStates(trx: SqlClient, states: readonly RecordState[]): Promise<void> {
  const from = bulkSql(trx).rows('w', {
    id: 'int',
    asset_id: 'int',
    link_state: 'text',
    link_rule: 'text',
    missed_runs: 'int',
    missing_since: 'time',
    closed_at: 'time',
  })
  await execute(
    trx,
    `update source_records set asset_id = w.asset_id, link_state = w.link_state, link_rule = w.link_rule,
       missed_runs = w.missed_runs, missing_since = w.missing_since, closed_at = w.closed_at
     from ${from} where source_records.id = w.id`,
    [
      JSON.stringify(
        states.map((state) => ({
          id: state.id,
          asset_id: state.assetId,
          link_state: state.linkState,
          link_rule: state.linkRule,
          missed_runs: state.missedRuns,
          missing_since: state.missingSince,
          closed_at: state.closedAt,
        }))
      ),
    ]
  )
}

/** Where a review stands; null when there is none of this id. */
export async function loadReviewState(client: SqlClient, id: number): Promise<ReviewState | null> {
  const [row] = await selectRows<Record<string, unknown>>(
    client,
    'select state, resolved_at, resolved_by, resolution, change_set_id from reviews where id = ?',
    [id]
  )
  return row
    ? {
        state: row.state as ReviewState['state'],
        resolvedAt: toIso(row.resolved_at),
        resolvedBy: row.resolved_by as number | null,
        resolution: fromJson(row.resolution),
        changeSetId: row.change_set_id as number | null,
      }
    : null
}

/** Puts a review where it stood. Answers false when the same question stands open already. */
export async function saveReviewState(trx: SqlClient, id: number, state: ReviewState): Promise<boolean> {
  const saved = await execute(
    trx,
    `update reviews set state = ?, resolved_at = ?, resolved_by = ?, resolution = ?, change_set_id = ?
     where id = ? and not exists (select 1 from reviews o
       where o.dedupe_key = reviews.dedupe_key and o.state = 'open' and o.id <> reviews.id and ? = 'open')`,
    [
      state.state,
      state.resolvedAt,
      state.resolvedBy,
      state.resolution && JSON.stringify(state.resolution),
      state.changeSetId,
      id,
      state.state,
    ]
  )
  return saved === 1
}

/** Moves the number of devices that a source's next list is compared with. */
export async function saveBaseline(trx: SqlClient, sourceId: number, baseline: number | null): Promise<void> {
  await execute(trx, 'update sources set baseline_count = ? where id = ?', [baseline, sourceId])
}

/** A value's place on the list of junk, or null. */
export async function loadDenial(client: SqlClient, kind: string, value: string): Promise<Denial | null> {
  const [row] = await selectRows<Denial>(
    client,
    'select origin, reason from identifier_denylist where kind = ? and value = ?',
    [kind, value]
  )
  return row ? { origin: row.origin, reason: row.reason } : null
}

/** Puts a value on the list of junk, or takes it off. */
export async function saveDenial(
  trx: SqlClient,
  { kind, value }: { readonly kind: string; readonly value: string },
  denial: Denial | null,
  now: string
): Promise<void> {
  await execute(trx, 'delete from identifier_denylist where kind = ? and value = ?', [kind, value])
  if (denial) {
    await execute(
      trx,
      'insert into identifier_denylist (kind, value, origin, reason, created_at) values (?, ?, ?, ?, ?)',
      [kind, value, denial.origin, denial.reason, now]
    )
  }
}

/** The number that a source's next list is compared with. */
export async function loadBaselineOf(client: SqlClient, sourceId: number): Promise<number | null> {
  const [row] = await selectRows<{ baseline_count: number | null }>(
    client,
    'select baseline_count from sources where id = ?',
    [sourceId]
  )
  return row?.baseline_count ?? null
}
