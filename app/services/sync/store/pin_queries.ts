import { type Pin } from '#core/reconcile/types'
import { bulkSql, insertRows } from './bulk_sql.js'
import { execute, type SqlClient } from './sql_client.js'

/** Stores pins of an asset; a new pin on a field replaces the old one. */
export async function savePins(
  trx: SqlClient,
  assetId: number,
  pins: readonly Pin[],
  userId: number | null
): Promise<void> {
  await savePinsOfMany(
    trx,
    pins.map((pin) => ({ assetId, ...pin })),
    userId
  )
}

/** Stores pins of any assets with one statement. */
export async function savePinsOfMany(
  trx: SqlClient,
  pins: readonly (Pin & { readonly assetId: number })[],
  userId: number | null
): Promise<void> {
  await insertRows(
    trx,
    'pins',
    {
      asset_id: 'int',
      field: 'text',
      value: 'text',
      until: 'text',
      until_at: 'time',
      claims_hash: 'text',
      reason: 'text',
      user_id: 'int',
      actor: 'text',
      set_at: 'time',
    },
    pins.map((pin) => ({
      asset_id: pin.assetId,
      field: pin.field,
      value: pin.value,
      until: pin.until,
      until_at: pin.untilAt,
      claims_hash: pin.claimsHash,
      reason: pin.reason,
      user_id: userId,
      actor: pin.actor,
      set_at: pin.setAt,
    })),
    `on conflict (asset_id, field) do update set value = excluded.value, until = excluded.until,
       until_at = excluded.until_at, claims_hash = excluded.claims_hash, reason = excluded.reason,
       user_id = excluded.user_id, actor = excluded.actor, set_at = excluded.set_at`
  )
}

/** Releases fields of an asset. */
export async function deletePins(trx: SqlClient, assetId: number, fields: readonly string[]): Promise<void> {
  if (fields.length > 0) {
    const wanted = bulkSql(trx).rows('w', { field: 'text' })
    await execute(trx, `delete from pins where asset_id = ? and field in (select field from ${wanted})`, [
      assetId,
      JSON.stringify(fields.map((field) => ({ field }))),
    ])
  }
}

/** Releases these fields of these assets with one statement. */
export async function deletePinsOfMany(
  trx: SqlClient,
  fields: readonly { readonly assetId: number; readonly field: string }[]
): Promise<void> {
  if (fields.length > 0) {
    const wanted = bulkSql(trx).rows('w', { asset_id: 'int', field: 'text' })
    await execute(trx, `delete from pins where (asset_id, field) in (select asset_id, field from ${wanted})`, [
      JSON.stringify(fields.map(({ assetId, field }) => ({ asset_id: assetId, field }))),
    ])
  }
}
