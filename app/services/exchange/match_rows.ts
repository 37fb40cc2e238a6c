import { parseSerialNumber, toSerialKey } from '#core/assets/serial_number'
import { findHolders } from '#services/inventory/taken_values'
import { loadAssets, type StoredAsset } from '#services/sync/store/asset_queries'
import { type SqlClient } from '#services/sync/store/sql_client'
import { type ImportKey } from './import_columns.js'

const ID = /^[1-9]\d{0,8}$/

/** What a key says in the form in which keys are compared; null when it can be none. */
export function toKeyValue(key: ImportKey, text: string): string | null {
  switch (key) {
    case 'id':
      return ID.test(text.trim()) ? text.trim() : null
    case 'asset_tag':
      return text.trim().toUpperCase()
    case 'serial_number':
      return toSerialKey(parseSerialNumber(text) ?? text.trim())
  }
}

/** The assets that these keys name, by the key's compared form. By id also deleted ones, else only active ones. */
export async function matchRows(
  client: SqlClient,
  key: ImportKey,
  values: readonly string[]
): Promise<Map<string, StoredAsset>> {
  if (key === 'id') {
    const assets = await loadAssets(client, values.map(Number))
    return new Map([...assets].map(([id, asset]) => [String(id), asset]))
  }
  const kind = key === 'asset_tag' ? 'asset_tag' : 'serial'
  const holders = await findHolders(
    client,
    values.map((value) => ({ kind, value }))
  )
  const assets = await loadAssets(
    client,
    [...holders.values()].map(({ id }) => id)
  )
  return new Map(
    values.flatMap((value) => {
      const asset = assets.get(holders.get(`${kind} ${value}`)?.id ?? 0)
      return asset ? [[value, asset]] : []
    })
  )
}
