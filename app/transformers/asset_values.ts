import { type AssetValues } from '#core/assets/asset'

/** The names that the API gives to an asset's fields. */
const FIELDS = {
  hostname: 'hostname',
  item_type: 'assetType',
  serial_number: 'serialNumber',
  mac_address: 'macAddress',
  asset_tag: 'assetTag',
  room_location: 'room',
  sub_location: 'subLocation',
  notes: 'notes',
  status: 'status',
  ip_address: 'ipAddress',
  vendor: 'vendor',
  model: 'model',
  firmware_version: 'firmwareVersion',
} as const satisfies Record<string, keyof AssetValues>

type ApiFields = { readonly [F in keyof typeof FIELDS]?: AssetValues[(typeof FIELDS)[F]] }

/** Validated input of the API in the words of the inventory. What the input leaves out stays out. */
export function toAssetValues<Input extends ApiFields>(input: Input): Partial<AssetValues> {
  const given = Object.entries(FIELDS).filter(([field]) => input[field as keyof ApiFields] !== undefined)
  return Object.fromEntries(given.map(([field, name]) => [name, input[field as keyof ApiFields]]))
}
