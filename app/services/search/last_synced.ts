import { toIso } from '#database/columns'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { assetSearch } from './search_dialect.js'

/**
 * When these assets were last read from a source, by id: the newest of their records' times. A record's time is the
 * end of its source's last complete run, or, once the source lists it no more, since when. Assets that no source
 * knows are left out. Computed here so that an unchanged sync writes no asset.
 */
export async function findLastSynced(client: SqlClient, assetIds: readonly number[]): Promise<Map<number, string>> {
  if (assetIds.length === 0) {
    return new Map()
  }
  const isWanted = assetSearch(client).isAmong('r.asset_id', assetIds)
  const rows = await selectRows<{ asset_id: number; synced_at: Date | string | null }>(
    client,
    `select r.asset_id, max(coalesce(r.missing_since, r.closed_at, s.last_completed_at)) as synced_at
     from source_records r join sources s on s.id = r.source_id
     where ${isWanted.text} and r.link_state = 'linked'
     group by r.asset_id`,
    isWanted.bindings
  )
  return new Map(
    rows.flatMap((row) => {
      const syncedAt = toIso(row.synced_at)
      return syncedAt === null ? [] : [[row.asset_id, syncedAt]]
    })
  )
}
