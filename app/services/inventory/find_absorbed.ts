import { fromJson } from '#database/columns'
import { type SideEffect } from '#core/reconcile/side_effect'
import { loadAssets } from '#services/sync/store/asset_queries'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { type KnownAsset } from './asset_transaction.js'
import { loadEffects } from './change_set.js'

/** An asset that was merged away, with what taking it out again needs. */
export interface Absorbed extends KnownAsset {
  /** What the survivor took over then: pins, and fields before and after. */
  readonly effects: readonly SideEffect[]
  readonly survivor: { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> }
}

/** The asset that these records, all and only these, had before it was merged into the one that has them now. */
export async function findAbsorbed(
  client: SqlClient,
  { asset, records }: KnownAsset,
  recordIds: readonly number[]
): Promise<Absorbed | null> {
  const rows = await selectRows<{ asset_id: number; change_set_id: number }>(
    client,
    `select c.asset_id, max(c.change_set_id) as change_set_id from changes c join assets a on a.id = c.asset_id
     where a.merged_into = ? and c.action = 'merge' group by c.asset_id order by c.asset_id`,
    [asset.id]
  )
  for (const { asset_id: id, change_set_id: changeSetId } of rows) {
    const effects = await loadEffects(client, changeSetId)
    const moved = effects.flatMap((effect) =>
      effect.kind === 'record' && effect.before?.assetId === id ? [effect.after.id] : []
    )
    const present = moved.filter((recordId) => records.some((record) => record.id === recordId))
    if (present.length === recordIds.length && present.every((recordId) => recordIds.includes(recordId))) {
      const loaded = await loadAssets(client, [id])
      const absorbed = loaded.get(id)
      const survivor = await changeOf(client, asset.id, changeSetId)
      return absorbed ? { asset: absorbed, records: [], effects, survivor } : null
    }
  }
  return null
}

async function changeOf(client: SqlClient, assetId: number, changeSetId: number): Promise<Absorbed['survivor']> {
  const [row] = await selectRows<{ before: unknown; after: unknown }>(
    client,
    'select before, after from changes where asset_id = ? and change_set_id = ?',
    [assetId, changeSetId]
  )
  return row ? { before: fromJson(row.before), after: fromJson(row.after) } : { before: {}, after: {} }
}
