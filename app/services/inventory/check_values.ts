import { FIELD_COLUMNS, type AssetField, type AssetValues } from '#core/assets/asset'
import { InvalidValue, ValueTaken } from '#core/assets/errors'
import { formatMacAddress } from '#core/assets/mac_address'
import { toSerialKey } from '#core/assets/serial_number'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'

/** The API's names of the two fields that are called otherwise in the tables. */
const API_NAMES: Partial<Record<AssetField, string>> = { assetType: 'item_type', room: 'room_location' }

/** The name under which people and scripts know a field. */
export function apiName(field: AssetField): string {
  return API_NAMES[field] ?? FIELD_COLUMNS[field]
}

/**
 * Checks what no validator of shapes can: that type and room exist, and that serial, asset tag and MAC are on no other
 * active asset. Call it inside the writing transaction, so that two writers cannot both pass.
 *
 * @throws InvalidValue, ValueTaken
 */
export async function checkValues(trx: SqlClient, values: Partial<AssetValues>, ownId: number | null): Promise<void> {
  await checkName(trx, 'assetType', 'asset_types', values.assetType)
  await checkName(trx, 'room', 'rooms', values.room)
  if (values.serialNumber) {
    await checkFree(trx, 'serialNumber', values.serialNumber, 'serial', toSerialKey(values.serialNumber), ownId)
  }
  if (values.assetTag) {
    await checkFree(trx, 'assetTag', values.assetTag, 'asset_tag', values.assetTag.toUpperCase(), ownId)
  }
  if (values.macAddress) {
    const shown = formatMacAddress(values.macAddress)
    await checkFree(trx, 'macAddress', shown, 'mac', values.macAddress, ownId)
  }
}

async function checkName(
  trx: SqlClient,
  field: AssetField,
  table: string,
  name: string | null | undefined
): Promise<void> {
  if (name === null || name === undefined) {
    return
  }
  const rows = await selectRows<{ name: string }>(trx, `select name from ${table} where name = ?`, [name])
  if (rows.length === 0) {
    throw new InvalidValue(apiName(field), `There is no ${apiName(field)} "${name}"`, 'exists')
  }
}

async function checkFree(
  trx: SqlClient,
  field: AssetField,
  shown: string,
  kind: string,
  value: string,
  ownId: number | null
): Promise<void> {
  const [holder] = await selectRows<{ id: number; hostname: string }>(
    trx,
    `select a.id, a.hostname from asset_identifiers i join assets a on a.id = i.asset_id
     where i.kind = ? and i.value = ? and a.is_active and a.id <> ?
       and (i.strength = 'strong' or a.mac_address = i.value)
     order by a.id limit 1`,
    [kind, value, ownId ?? 0]
  )
  if (holder) {
    throw new ValueTaken(apiName(field), shown, holder)
  }
}
