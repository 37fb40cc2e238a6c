import { type StrongValues } from '#core/reconcile/drift'
import { type AssetHolder, type RecordHolder } from '#core/reconcile/evidence'
import { type EvidenceIdentifier, type IdentifierStrength, type SourceRecord } from '#core/reconcile/types'
import { bulkSql } from './bulk_sql.js'
import { type StageRun } from './record_queries.js'
import { selectRows, type SqlClient } from './sql_client.js'

/** Stands for "nothing is staged" where a statement compares run ids. */
const NO_RUN = -1

/** Everybody who carries one value. */
export interface SharedValue {
  readonly kind: EvidenceIdentifier['kind']
  readonly value: string
  readonly records: RecordHolder[]
  readonly assets: AssetHolder[]
}

interface HolderRow {
  kind: EvidenceIdentifier['kind']
  value: string
  record_id: number
  source_id: number
  asset_id: number | null
  link_state: SourceRecord['linkState']
  strength: IdentifierStrength
  serial: string | null
}

/** A record whose values are asked for. */
export interface Asked {
  readonly id: number
  readonly assetId: number | null
  /** It is linked and stays so: what it said before was judged before, in whichever run somebody else came to share it. */
  readonly isSettled: boolean
}

/**
 * The strong and medium values that these records share with other records, or with assets that are not theirs: each
 * with every open record that carries it by the observation that counts in this run, and every asset that carries it in
 * its own right. `known` values (`kind value`) are left out, and what a settled record said before.
 */
export async function loadSharedValues(
  client: SqlClient,
  runId: StageRun,
  records: readonly Asked[],
  known: ReadonlySet<string>
): Promise<SharedValue[]> {
  const run = runId ?? NO_RUN
  const carried = await selectRows<{ kind: EvidenceIdentifier['kind']; value: string }>(
    client,
    `select distinct i.kind, i.value
     from ${bulkSql(client).rows('w', { id: 'int', asset_id: 'int', is_settled: 'bool' })}
     cross join source_records r
     cross join observations o
     cross join observation_identifiers i
     where r.id = w.id and o.record_id = r.id and ${COUNTS} and i.observation_id = o.id and i.strength <> 'weak'
       and (not w.is_settled or o.id = r.observation_id or not exists (select 1 from observation_identifiers x
              where x.observation_id = r.observation_id and x.kind = i.kind and x.value = i.value
                and x.strength = i.strength))
       and (exists (select 1 from observation_identifiers x cross join observations other
              where x.kind = i.kind and x.value = i.value and other.id = x.observation_id and other.record_id <> r.id)
         or exists (select 1 from asset_identifiers x
              where x.kind = i.kind and x.value = i.value and x.asset_id is distinct from w.asset_id))
     order by i.kind, i.value`,
    [
      JSON.stringify(records.map(({ id, assetId, isSettled }) => ({ id, asset_id: assetId, is_settled: isSettled }))),
      run,
      run,
    ]
  )
  const values = carried.filter(({ kind, value }) => !known.has(`${kind} ${value}`))
  if (values.length === 0) {
    return []
  }
  const parameter = JSON.stringify(values)
  const wanted = bulkSql(client).rows('w', { kind: 'text', value: 'text' })
  const holders = await selectRows<HolderRow>(
    client,
    `select w.kind, w.value, r.id as record_id, r.source_id, r.asset_id, r.link_state, i.strength,
            (select s.value from observation_identifiers s
             where s.observation_id = o.id and s.kind = 'serial' and s.strength = 'strong' limit 1) as serial
     from ${wanted}
     cross join observation_identifiers i
     cross join observations o
     cross join source_records r
     where i.kind = w.kind and i.value = w.value and o.id = i.observation_id and r.id = o.record_id
       and r.closed_at is null and ${COUNTS}
     order by r.id`,
    [parameter, run, run]
  )
  const assets = await selectRows<{
    kind: string
    value: string
    asset_id: number
    strength: AssetHolder['strength']
    origin: string
  }>(
    client,
    `select w.kind, w.value, i.asset_id, i.strength, i.origin
     from ${wanted} cross join asset_identifiers i where i.kind = w.kind and i.value = w.value order by i.asset_id`,
    [parameter]
  )
  return groupByValue(values, holders, assets)
}

/** The strong values of these records, by record. */
export async function loadStrongValues(
  client: SqlClient,
  recordIds: readonly number[],
  runId: number
): Promise<Map<number, StrongValues>> {
  const rows = await selectRows<{ id: number; is_former: number | boolean; kind: string; value: string }>(
    client,
    `select r.id, o.id = r.observation_id as is_former, i.kind, i.value
     from ${bulkSql(client).rows('w', { id: 'int' })}
     cross join source_records r
     cross join observations o
     cross join observation_identifiers i
     where r.id = w.id and o.record_id = r.id and (o.id = r.observation_id or o.run_id = ?)
       and i.observation_id = o.id and i.strength = 'strong'`,
    [JSON.stringify(recordIds.map((id) => ({ id }))), runId]
  )
  const byRecord = new Map<number, StrongValues>()
  for (const row of rows) {
    const values = byRecord.get(row.id) ?? { former: new Set(), staged: new Set() }
    byRecord.set(row.id, values)
    values[row.is_former ? 'former' : 'staged'].add(`${row.kind} ${row.value}`)
  }
  return byRecord
}

/** True for the observation that counts: the staged one of this run, else the current one. */
const COUNTS = `(o.run_id = ? or (o.id = r.observation_id and not exists
  (select 1 from observations later where later.record_id = r.id and +later.run_id = ?)))`

function groupByValue(
  values: readonly { kind: EvidenceIdentifier['kind']; value: string }[],
  holders: readonly HolderRow[],
  assets: readonly {
    kind: string
    value: string
    asset_id: number
    strength: AssetHolder['strength']
    origin: string
  }[]
): SharedValue[] {
  const shared = new Map<string, SharedValue>(
    values.map((one) => [`${one.kind} ${one.value}`, { ...one, records: [], assets: [] }])
  )
  for (const row of holders) {
    shared.get(`${row.kind} ${row.value}`)?.records.push({
      recordId: row.record_id,
      sourceId: row.source_id,
      assetId: row.asset_id,
      isExcluded: row.link_state === 'excluded',
      strength: row.strength,
      serial: row.serial,
    })
  }
  for (const row of assets) {
    shared.get(`${row.kind} ${row.value}`)?.assets.push({
      assetId: row.asset_id,
      strength: row.strength,
      isTyped: row.origin === 'person',
    })
  }
  return [...shared.values()]
}

/** Assets that carry one of these values as evidence. */
export async function assetsCarrying(
  client: SqlClient,
  values: readonly { readonly kind: string; readonly value: string }[]
): Promise<number[]> {
  const rows = await selectRows<{ asset_id: number }>(
    client,
    `select distinct i.asset_id
     from ${bulkSql(client).rows('w', { kind: 'text', value: 'text' })}
     cross join asset_identifiers i
     where i.kind = w.kind and i.value = w.value and i.strength in ('strong', 'medium')`,
    [JSON.stringify(values.map(({ kind, value }) => ({ kind, value })))]
  )
  return rows.map((row) => row.asset_id)
}

/** The asset that owns each of these serial keys, where there is one. */
export async function serialOwners(client: SqlClient, keys: readonly string[]): Promise<Map<string, number>> {
  const rows = await selectRows<{ value: string; asset_id: number }>(
    client,
    `select i.value, i.asset_id
     from ${bulkSql(client).rows('w', { value: 'text' })}
     cross join asset_identifiers i
     where i.kind = 'serial' and i.value = w.value and i.strength = 'strong'`,
    [JSON.stringify(keys.map((value) => ({ value })))]
  )
  return new Map(rows.map((row) => [row.value, row.asset_id]))
}

/** Active assets that are called one of these names (lower case). */
export async function assetsNamed(
  client: SqlClient,
  hostnames: readonly string[]
): Promise<{ value: string; asset_id: number }[]> {
  return selectRows(
    client,
    `select i.value, i.asset_id
     from ${bulkSql(client).rows('w', { value: 'text' })}
     cross join asset_identifiers i
     where i.kind = 'hostname' and i.value = w.value order by i.asset_id`,
    [JSON.stringify(hostnames.map((value) => ({ value })))]
  )
}

/** Open records whose current observation reports this value. */
export async function recordsReporting(
  client: SqlClient,
  { kind, value }: { readonly kind: string; readonly value: string }
): Promise<{ id: number; assetId: number | null; linkState: SourceRecord['linkState'] }[]> {
  const rows = await selectRows<{ id: number; asset_id: number | null; link_state: SourceRecord['linkState'] }>(
    client,
    `select r.id, r.asset_id, r.link_state
     from observation_identifiers i cross join observations o cross join source_records r
     where i.kind = ? and i.value = ? and o.id = i.observation_id and r.id = o.record_id and r.observation_id = o.id
       and r.closed_at is null order by r.id`,
    [kind, value]
  )
  return rows.map((row) => ({ id: row.id, assetId: row.asset_id, linkState: row.link_state }))
}

/**
 * Active assets that claim a serial which nobody carries any more, ascending: another asset carried it when they were
 * computed. Junk has no heirs.
 */
export async function heirsOfSerials(client: SqlClient): Promise<number[]> {
  const rows = await selectRows<{ asset_id: number }>(
    client,
    `select distinct i.asset_id from asset_identifiers i
     where i.kind = 'serial' and i.strength = 'weak'
       and not exists (select 1 from asset_identifiers o
         where o.kind = 'serial' and o.value = i.value and o.strength = 'strong')
       and not exists (select 1 from identifier_denylist d
         where d.kind = 'serial' and d.value = i.value and d.origin <> 'allowed')
     order by i.asset_id`
  )
  return rows.map((row) => row.asset_id)
}
