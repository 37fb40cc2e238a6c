import db from '@adonisjs/lucid/services/db'
import { toIso } from '#database/columns'
import { bulkSql } from '#services/sync/store/bulk_sql'
import { selectRows } from '#services/sync/store/sql_client'

/** A deleted asset, and what it keeps away: no source brings it back by itself. */
export interface Tombstone {
  /** The asset's id. */
  readonly id: number
  readonly hostname: string
  readonly assetType: string
  readonly deletedAt: string
  readonly deletedBy: string | null
  readonly reason: string | null
  /** `kind value` of what identified it. */
  readonly identifiers: readonly string[]
  /** Records of sources that are ignored on purpose. */
  readonly records: readonly { readonly source: string; readonly nativeId: string }[]
}

const IS_TOMBSTONE = 'not a.is_active and a.merged_into is null'

/** What was deleted and stays away, highest id first. Assets that were merged away are no tombstones. */
export class ListTombstones {
  async count(): Promise<number> {
    const [row] = await selectRows<{ total: number }>(
      db.connection(),
      `select cast(count(*) as integer) as total from assets a where ${IS_TOMBSTONE}`
    )
    return row?.total ?? 0
  }

  async handle({ limit, beforeId }: { limit: number; beforeId?: number }): Promise<Tombstone[]> {
    const client = db.connection()
    const rows = await selectRows<Record<string, unknown>>(
      client,
      `select a.id, a.hostname, a.asset_type, a.deleted_at, s.actor, s.reason
       from assets a
       left join changes c on c.id = (select max(id) from changes where asset_id = a.id)
       left join change_sets s on s.id = c.change_set_id
       where ${IS_TOMBSTONE} ${beforeId === undefined ? '' : 'and a.id < ?'}
       order by a.id desc limit ?`,
      [...(beforeId === undefined ? [] : [beforeId]), limit]
    )
    const parameter = JSON.stringify(rows.map((row) => ({ id: row.id })))
    const wanted = bulkSql(client).rows('w', { id: 'int' })
    const identifiers = await selectRows<{ asset_id: number; kind: string; value: string }>(
      client,
      `select i.asset_id, i.kind, i.value from ${wanted} cross join asset_identifiers i
       where i.asset_id = w.id and i.strength = 'former' order by i.kind, i.value`,
      [parameter]
    )
    const records = await selectRows<{ asset_id: number; source: string; native_id: string }>(
      client,
      `select r.asset_id, s.name as source, r.native_id from ${wanted}
       cross join source_records r cross join sources s
       where r.asset_id = w.id and s.id = r.source_id and r.closed_at is null order by s.rank, r.id`,
      [parameter]
    )
    return rows.map((row) => ({
      id: Number(row.id),
      hostname: String(row.hostname),
      assetType: String(row.asset_type),
      deletedAt: toIso(row.deleted_at)!,
      deletedBy: row.actor as string | null,
      reason: row.reason as string | null,
      identifiers: identifiers.flatMap((one) => (one.asset_id === row.id ? [`${one.kind} ${one.value}`] : [])),
      records: records.flatMap((one) =>
        one.asset_id === row.id ? [{ source: one.source, nativeId: one.native_id }] : []
      ),
    }))
  }
}
