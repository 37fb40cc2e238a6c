import { type NormalObservation } from '#core/reconcile/types'
import { bulkSql, insertRows } from './bulk_sql.js'
import { selectRows, type SqlClient } from './sql_client.js'

/** An open record as the reader needs it: what it is called and what it said last. */
export interface KnownRecord {
  readonly id: number
  readonly native_id: string
  readonly content_hash: string | null
}

/** The open records of a source with these native ids. */
export async function findOpenRecords(
  client: SqlClient,
  sourceId: number,
  nativeIds: readonly string[]
): Promise<Map<string, KnownRecord>> {
  const rows = await selectRows<KnownRecord>(
    client,
    `select r.id, r.native_id, r.content_hash
     from ${bulkSql(client).rows('w', { native_id: 'text' })}
     cross join source_records r
     where r.source_id = ? and r.native_id = w.native_id and r.closed_at is null`,
    [JSON.stringify(nativeIds.map((nativeId) => ({ native_id: nativeId }))), sourceId]
  )
  return new Map(rows.map((row) => [row.native_id, row]))
}

/** Makes records that no run has listed before; answers their ids in the order given. */
export async function insertRecords(
  trx: SqlClient,
  sourceId: number,
  runId: number,
  nativeIds: readonly string[]
): Promise<number[]> {
  const ids = await bulkSql(trx).allocateIds(trx, 'source_records', nativeIds.length)
  await insertRows(
    trx,
    'source_records',
    { id: 'int', source_id: 'int', native_id: 'text', first_run_id: 'int', changed_run_id: 'int' },
    nativeIds.map((nativeId, index) => ({
      id: ids[index],
      source_id: sourceId,
      native_id: nativeId,
      first_run_id: runId,
      changed_run_id: runId,
    }))
  )
  return ids
}

/**
 * Stages observations of new and changed records: nobody but the run sees them until they are promoted. Answers the
 * highest of their ids; there must be one.
 */
export async function stageObservations(
  trx: SqlClient,
  runId: number,
  readAt: string,
  staged: readonly { readonly recordId: number; readonly observation: NormalObservation }[]
): Promise<number> {
  const ids = await bulkSql(trx).allocateIds(trx, 'observations', staged.length)
  await insertRows(
    trx,
    'observations',
    {
      id: 'int',
      record_id: 'int',
      run_id: 'int',
      content_hash: 'text',
      claims: 'json',
      claimed_at: 'json',
      hints: 'json',
      raw: 'json',
      part_of: 'json',
      read_at: 'time',
      observed_at: 'time',
      href: 'text',
    },
    staged.map(({ recordId, observation }, index) => ({
      id: ids[index],
      record_id: recordId,
      run_id: runId,
      content_hash: observation.contentHash,
      claims: observation.claims,
      claimed_at: {},
      hints: observation.hints,
      raw: observation.raw === null ? null : (JSON.parse(observation.raw) as unknown),
      part_of: observation.partOf,
      read_at: readAt,
      observed_at: observation.observedAt,
      href: observation.href,
    }))
  )
  await insertIdentifiers(
    trx,
    staged.flatMap(({ observation }, index) =>
      observation.identifiers.map((identifier) => ({ observation_id: ids[index]!, ...identifier }))
    )
  )
  return ids.at(-1)!
}

/** Stores the identifiers of observations. */
export async function insertIdentifiers(
  trx: SqlClient,
  identifiers: readonly Record<string, unknown>[]
): Promise<void> {
  await insertRows(
    trx,
    'observation_identifiers',
    { observation_id: 'int', kind: 'text', value: 'text', role: 'text', strength: 'text' },
    identifiers
  )
}

/** Remembers records that were listed: one bit each, in blocks of 8192 record ids. */
export async function saveSeenBlocks(
  trx: SqlClient,
  runId: number,
  attempt: number,
  blocks: readonly { readonly block: number; readonly bits: Uint8Array }[]
): Promise<void> {
  await insertRows(
    trx,
    'run_seen',
    { run_id: 'int', attempt: 'int', block: 'int', bits: 'bytes' },
    blocks.map(({ block, bits }) => ({
      run_id: runId,
      attempt,
      block,
      bits: Buffer.from(bits).toString('hex'),
    })),
    'on conflict (run_id, attempt, block) do update set bits = excluded.bits'
  )
}

/** The blocks that a run stored. */
export async function loadSeenBlocks(
  client: SqlClient,
  runId: number,
  attempt: number
): Promise<{ block: number; bits: Uint8Array }[]> {
  return selectRows(client, 'select block, bits from run_seen where run_id = ? and attempt = ? order by block', [
    runId,
    attempt,
  ])
}

/** The blocks that the last attempt of a run stored. */
export async function loadLatestSeenBlocks(
  client: SqlClient,
  runId: number
): Promise<{ block: number; bits: Uint8Array }[]> {
  return selectRows(
    client,
    `select block, bits from run_seen
     where run_id = ? and attempt = (select max(attempt) from run_seen where run_id = ?) order by block`,
    [runId, runId]
  )
}

/** Records that could not be used, for the run's page. */
export async function saveRejects(
  trx: SqlClient,
  runId: number,
  rejects: readonly { readonly nativeId: string | null; readonly code: string; readonly message: string }[]
): Promise<void> {
  await insertRows(
    trx,
    'run_rejects',
    { run_id: 'int', native_id: 'text', code: 'text', message: 'text' },
    rejects.map(({ nativeId, code, message }) => ({ run_id: runId, native_id: nativeId, code, message }))
  )
}
