import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { assetSearch } from './search_dialect.js'

/** The names of the sources with an open record of these assets, by id, those of the first rank first. */
export async function findFeeds(client: SqlClient, assetIds: readonly number[]): Promise<Map<number, string[]>> {
  if (assetIds.length === 0) {
    return new Map()
  }
  const isWanted = assetSearch(client).isAmong('r.asset_id', assetIds)
  const rows = await selectRows<{ asset_id: number; name: string }>(
    client,
    `select r.asset_id, s.name from source_records r join sources s on s.id = r.source_id
     where ${isWanted.text} and r.link_state = 'linked' and r.closed_at is null
     group by r.asset_id, s.name, s.rank, s.id order by s.rank, s.id`,
    isWanted.bindings
  )
  const feeds = Map.groupBy(rows, (row) => row.asset_id)
  return new Map([...feeds].map(([id, own]) => [id, own.map(({ name }) => name)]))
}
