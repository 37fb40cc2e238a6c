import { type RecordObservation, type SourceRecord } from '#core/reconcile/types'
import { bulkSql, insertRows } from './bulk_sql.js'
import { execute, selectRows, type SqlClient } from './sql_client.js'
import { type StageRun } from './record_queries.js'
import { insertIdentifiers } from './stage_queries.js'
import { WorkSet } from '../work_set.js'

/** Rows that are loaded at a time. */
const PAGE = 5000

/** In place of a run's id in a record that a person's decision made. */
const BY_PERSON = 0

/** What a record is after the run decided about it. */
export interface RecordUpdate {
  readonly id: number
  readonly assetId: number | null
  readonly linkState: 'linked' | 'held' | 'excluded'
  readonly linkRule: string | null
  readonly observationId: number
  readonly contentHash: string | null
}

/** Points records to their assets and to the observations that are current from now on. */
export async function updateRecords(trx: SqlClient, runId: StageRun, updates: readonly RecordUpdate[]): Promise<void> {
  if (updates.length === 0) {
    return
  }
  const from = bulkSql(trx).rows('w', {
    id: 'int',
    asset_id: 'int',
    link_state: 'text',
    link_rule: 'text',
    observation_id: 'int',
    content_hash: 'text',
  })
  await execute(
    trx,
    `update source_records set asset_id = w.asset_id, link_state = w.link_state, link_rule = coalesce(w.link_rule, source_records.link_rule),
       observation_id = w.observation_id, content_hash = w.content_hash, changed_run_id = coalesce(?, changed_run_id)
     from ${from} where source_records.id = w.id`,
    [
      runId,
      JSON.stringify(
        updates.map((update) => ({
          id: update.id,
          asset_id: update.assetId,
          link_state: update.linkState,
          link_rule: update.linkRule,
          observation_id: update.observationId,
          content_hash: update.contentHash,
        }))
      ),
    ]
  )
}

/** Gives records to an asset. */
export async function moveRecords(
  trx: SqlClient,
  ids: readonly number[],
  assetId: number,
  linkRule: string
): Promise<void> {
  if (ids.length > 0) {
    await execute(
      trx,
      `update source_records set asset_id = ?, link_state = 'linked', link_rule = ?
       where id in (select id from ${bulkSql(trx).rows('w', { id: 'int' })})`,
      [assetId, linkRule, JSON.stringify(ids.map((id) => ({ id })))]
    )
  }
}

/** Stores since when the claims of observations have their values. */
export async function saveClaimTimes(
  trx: SqlClient,
  times: readonly { readonly id: number; readonly claimedAt: RecordObservation['claimedAt'] }[]
): Promise<void> {
  if (times.length === 0) {
    return
  }
  const from = bulkSql(trx).rows('w', { id: 'int', claimed_at: 'json' })
  await execute(trx, `update observations set claimed_at = w.claimed_at from ${from} where observations.id = w.id`, [
    JSON.stringify(times.map(({ id, claimedAt }) => ({ id, claimed_at: claimedAt }))),
  ])
}

/** Stores what became of observations whose claims and identifiers were not taken as they were read. */
export async function rewriteObservations(
  trx: SqlClient,
  observations: readonly Pick<RecordObservation, 'id' | 'claims' | 'identifiers'>[]
): Promise<void> {
  if (observations.length === 0) {
    return
  }
  const ids = JSON.stringify(observations.map(({ id }) => ({ id })))
  const wanted = bulkSql(trx).rows('w', { id: 'int' })
  await execute(trx, `delete from observation_identifiers where observation_id in (select id from ${wanted})`, [ids])
  await insertIdentifiers(
    trx,
    observations.flatMap(({ id, identifiers }) =>
      identifiers.map((identifier) => ({ observation_id: id, ...identifier }))
    )
  )
  const from = bulkSql(trx).rows('w', { id: 'int', claims: 'json' })
  await execute(trx, `update observations set claims = w.claims from ${from} where observations.id = w.id`, [
    JSON.stringify(observations.map(({ id, claims }) => ({ id, claims }))),
  ])
}

/** False when a later reading replaced the observation. */
export async function isStored(client: SqlClient, observationId: number): Promise<boolean> {
  const rows = await selectRows<{ id: number }>(client, 'select id from observations where id = ?', [observationId])
  return rows.length > 0
}

/** The asset whose record has this current observation; empty when there is none. */
export async function assetOfObservation(client: SqlClient, observationId: number): Promise<number[]> {
  const rows = await selectRows<{ asset_id: number }>(
    client,
    `select r.asset_id from observations o join source_records r on r.id = o.record_id
     where o.id = ? and r.asset_id is not null`,
    [observationId]
  )
  return rows.map((row) => row.asset_id)
}

/** Stores an observation once more, without its identifiers; answers the id of the copy. */
export async function copyObservation(trx: SqlClient, observationId: number): Promise<number> {
  const [id] = await bulkSql(trx).allocateIds(trx, 'observations', 1)
  const columns = 'record_id, run_id, content_hash, claims, claimed_at, hints, raw, part_of, read_at, observed_at, href'
  await execute(
    trx,
    `insert into observations (id, ${columns}) select cast(? as integer), ${columns} from observations where id = ?`,
    [id, observationId]
  )
  return id!
}

/** Says which observation of a record is current, and what a reading is compared with. */
export async function pointRecord(
  trx: SqlClient,
  recordId: number,
  observationId: number,
  contentHash: string | null
): Promise<void> {
  await execute(trx, 'update source_records set observation_id = ?, content_hash = ? where id = ?', [
    observationId,
    contentHash,
    recordId,
  ])
}

/** Deletes observations that were replaced. */
export async function deleteObservations(trx: SqlClient, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) {
    return
  }
  const wanted = bulkSql(trx).rows('w', { id: 'int' })
  await execute(trx, `delete from observations where id in (select id from ${wanted})`, [
    JSON.stringify(ids.map((id) => ({ id }))),
  ])
}

/**
 * Ends a record whose native id was given to other hardware: it keeps its asset and its last observation, and a new
 * record takes over the native id and what was staged. Its absence counts from this run on. Answers the id of the new one.
 */
export async function replaceRecord(
  trx: SqlClient,
  recordId: number,
  stagedObservationId: number,
  runId: StageRun,
  now: string
): Promise<number> {
  const [id] = await bulkSql(trx).allocateIds(trx, 'source_records', 1)
  await execute(
    trx,
    'update source_records set closed_at = ?, missing_since = ?, missed_runs = missed_runs + 1 where id = ?',
    [now, now, recordId]
  )
  const [old] = await selectRows<{ source_id: number; native_id: string }>(
    trx,
    'select source_id, native_id from source_records where id = ?',
    [recordId]
  )
  await insertRows(
    trx,
    'source_records',
    { id: 'int', source_id: 'int', native_id: 'text', first_run_id: 'int', changed_run_id: 'int' },
    [{ id, ...old, first_run_id: runId ?? BY_PERSON, changed_run_id: runId ?? BY_PERSON }]
  )
  await execute(trx, 'update observations set record_id = ? where id = ?', [id, stagedObservationId])
  return id!
}

interface WorkRow {
  id: number
  source_id: number
  asset_id: number | null
  link_state: SourceRecord['linkState']
}

/**
 * The records that a run must decide about: those with something staged, and those that wait for a person or for a run
 * that never finished. They are joined here: SQLite would do it by walking every record.
 */
export async function loadWorkSet(client: SqlClient, runId: number): Promise<WorkSet> {
  const work = new WorkSet()
  const waiting = await selectRows<WorkRow>(
    client,
    `select id, source_id, asset_id, link_state from source_records
     where link_state in ('pending', 'held') and closed_at is null and observation_id is not null`
  )
  addAll(work, waiting)
  for (let afterId = 0; ;) {
    const staged = await selectRows<WorkRow & { staged_id: number }>(
      client,
      `select o.id as staged_id, r.id, r.source_id, r.asset_id, r.link_state
       from observations o cross join source_records r
       where o.run_id = ? and o.id > ? and r.id = o.record_id and o.id is distinct from r.observation_id
       order by o.id limit ?`,
      [runId, afterId, PAGE]
    )
    addAll(work, staged)
    if (staged.length < PAGE) {
      return work
    }
    afterId = staged.at(-1)!.staged_id
  }
}

function addAll(work: WorkSet, rows: readonly WorkRow[]): void {
  for (const { id, source_id: sourceId, asset_id: assetId, link_state: linkState } of rows) {
    work.add({ id, sourceId, assetId, linkState })
  }
}

/** Ids of the records that are linked to these assets, closed ones too, ascending. */
export async function recordIdsOf(client: SqlClient, assetIds: readonly number[]): Promise<number[]> {
  const rows = await selectRows<{ id: number }>(
    client,
    `select r.id from ${bulkSql(client).rows('w', { id: 'int' })}
     cross join source_records r where r.asset_id = w.id order by r.id`,
    [JSON.stringify(assetIds.map((id) => ({ id })))]
  )
  return rows.map((row) => row.id)
}
