import { toSearchText } from '#core/assets/search_text'
import { type AssetIdentifier, type AssetView } from '#core/reconcile/asset_view'
import { bulkSql, insertRows } from '#services/sync/store/bulk_sql'
import { execute, type SqlClient } from '#services/sync/store/sql_client'

/** An asset whose row says what it said, while its identifiers are others. */
export interface Reindexed {
  readonly assetId: number
  readonly view: AssetView
  readonly identifiers: readonly AssetIdentifier[]
}

/** Stores the identifiers of assets whose values did not change, and what they are found by. No change, no revision. */
export async function reindexAssets(trx: SqlClient, assets: readonly Reindexed[]): Promise<void> {
  if (assets.length === 0) {
    return
  }
  await replaceIdentifiers(trx, assets)
  const from = bulkSql(trx).rows('w', { id: 'int', search: 'text' })
  const rows = assets.map(({ assetId, view, identifiers }) => ({
    id: assetId,
    search: toSearchText(view, macsOf(identifiers)),
  }))
  await execute(
    trx,
    `update assets set search = w.search from ${from} where assets.id = w.id and assets.search <> w.search`,
    [JSON.stringify(rows)]
  )
}

/** Stores the identifiers of assets, in the place of those they had; `fresh` assets had none. */
export async function replaceIdentifiers(
  trx: SqlClient,
  assets: readonly { readonly assetId: number; readonly identifiers: readonly AssetIdentifier[] }[],
  fresh: ReadonlySet<number> = new Set()
): Promise<void> {
  const former = assets.filter(({ assetId }) => !fresh.has(assetId))
  if (former.length > 0) {
    const wanted = bulkSql(trx).rows('w', { id: 'int' })
    await execute(trx, `delete from asset_identifiers where asset_id in (select id from ${wanted})`, [
      JSON.stringify(former.map(({ assetId }) => ({ id: assetId }))),
    ])
  }
  await insertRows(
    trx,
    'asset_identifiers',
    { kind: 'text', value: 'text', asset_id: 'int', strength: 'text', origin: 'text' },
    assets.flatMap(({ assetId, identifiers }) =>
      identifiers.map((identifier) => ({ asset_id: assetId, ...identifier }))
    )
  )
}

/** What an asset is found by, besides its values. */
export function macsOf(identifiers: readonly AssetIdentifier[]): string[] {
  return identifiers.flatMap(({ kind, value }) => (kind === 'mac' ? [value] : []))
}
