import { fromJson, toIso } from '#database/columns'
import { unchangedSince } from '#core/reconcile/claim_times'
import {
  type ClaimValues,
  type EvidenceHint,
  type EvidenceIdentifier,
  type PartOf,
  type RecordObservation,
  type SourceRecord,
} from '#core/reconcile/types'
import { bulkSql } from './bulk_sql.js'
import { selectRows, type SqlClient } from './sql_client.js'

interface RecordRow {
  id: number
  source_id: number
  native_id: string
  asset_id: number | null
  link_state: SourceRecord['linkState']
  missed_runs: number
  missing_since: unknown
  closed_at: unknown
  current_id: number | null
  staged_id: number | null
}

interface ObservationRow {
  id: number
  claims: unknown
  claimed_at: unknown
  hints: unknown
  part_of: unknown
  read_at: unknown
  content_hash: string
  href: string | null
}

/** The run whose staged observations count; null reads what is current. */
export type StageRun = number | null

/**
 * Records with the observations that count, in the order of their ids. Records never read to the end are left out. The
 * plus before `run_id` keeps that index out of the way: for each record it would walk all that the run staged.
 */
export async function loadRecords(
  client: SqlClient,
  recordIds: readonly number[],
  runId: StageRun
): Promise<SourceRecord[]> {
  if (recordIds.length === 0) {
    return []
  }
  const rows = await selectRows<RecordRow>(
    client,
    `select r.id, r.source_id, r.native_id, r.asset_id, r.link_state, r.missed_runs, r.missing_since, r.closed_at,
            r.observation_id as current_id, s.id as staged_id
     from ${bulkSql(client).rows('w', { id: 'int' })}
     cross join source_records r
     left join observations s on s.record_id = r.id and +s.run_id = ? and s.id is distinct from r.observation_id
     where r.id = w.id order by r.id`,
    [JSON.stringify(recordIds.map((id) => ({ id }))), runId ?? -1]
  )
  const ids = rows.flatMap((row) => [row.current_id ?? [], row.staged_id ?? []].flat())
  const observations = await loadObservations(client, ids)
  return rows.flatMap((row) => toRecord(row, observations))
}

function toRecord(row: RecordRow, observations: Map<number, RecordObservation>): SourceRecord[] {
  const current = row.current_id === null ? undefined : observations.get(row.current_id)
  const staged = row.staged_id === null ? undefined : observations.get(row.staged_id)
  const observation = staged ?? current
  if (!observation) {
    return []
  }
  return [
    {
      id: row.id,
      sourceId: row.source_id,
      nativeId: row.native_id,
      assetId: row.asset_id,
      linkState: row.link_state,
      missedRuns: row.missed_runs,
      missingSince: toIso(row.missing_since),
      closedAt: toIso(row.closed_at),
      observation: staged && current ? { ...staged, claimedAt: unchangedSince(staged, current) } : observation,
      former: staged ? (current ?? null) : null,
      isStaged: staged !== undefined,
    },
  ]
}

async function loadObservations(client: SqlClient, ids: readonly number[]): Promise<Map<number, RecordObservation>> {
  const parameter = JSON.stringify(ids.map((id) => ({ id })))
  const wanted = bulkSql(client).rows('w', { id: 'int' })
  const rows = await selectRows<ObservationRow>(
    client,
    `select o.id, o.claims, o.claimed_at, o.hints, o.part_of, o.read_at, o.content_hash, o.href
     from ${wanted} cross join observations o where o.id = w.id`,
    [parameter]
  )
  const identifiers = await selectRows<EvidenceIdentifier & { observation_id: number }>(
    client,
    `select i.observation_id, i.kind, i.value, i.role, i.strength
     from ${wanted} cross join observation_identifiers i where i.observation_id = w.id
     order by i.observation_id, i.kind, i.value`,
    [parameter]
  )
  const byObservation = Map.groupBy(identifiers, (identifier) => identifier.observation_id)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        claims: fromJson<ClaimValues>(row.claims),
        claimedAt: fromJson<RecordObservation['claimedAt']>(row.claimed_at),
        readAt: toIso(row.read_at)!,
        contentHash: row.content_hash,
        hints: fromJson<EvidenceHint[] | null>(row.hints) ?? [],
        partOf: fromJson<PartOf | null>(row.part_of),
        href: row.href,
        identifiers: (byObservation.get(row.id) ?? []).map(({ kind, value, role, strength }) => ({
          kind,
          value,
          role,
          strength,
        })),
      },
    ])
  )
}

/**
 * Who gave assets these values: records by their current observation, whatever they say in this run. A value of an asset
 * that none of its records carries is not among them.
 */
export async function loadGivers(
  client: SqlClient,
  values: readonly { readonly kind: string; readonly value: string; readonly assetId: number }[]
): Promise<{ kind: string; value: string; assetId: number; recordId: number; isClosed: boolean }[]> {
  if (values.length === 0) {
    return []
  }
  const rows = await selectRows<Record<string, unknown>>(
    client,
    `select w.kind, w.value, w.asset_id, r.id, (r.closed_at is not null) as is_closed
     from ${bulkSql(client).rows('w', { kind: 'text', value: 'text', asset_id: 'int' })}
     cross join source_records r cross join observation_identifiers i
     where r.asset_id = w.asset_id and i.observation_id = r.observation_id and i.kind = w.kind and i.value = w.value`,
    [JSON.stringify(values.map(({ kind, value, assetId }) => ({ kind, value, asset_id: assetId })))]
  )
  return rows.map((row) => ({
    kind: String(row.kind),
    value: String(row.value),
    assetId: Number(row.asset_id),
    recordId: Number(row.id),
    isClosed: Boolean(row.is_closed),
  }))
}
