import { ASSET_STATUSES, type Asset } from '#core/assets/asset'
import { formatMacAddress } from '#core/assets/mac_address'
import { type FieldExplanation } from '#services/inventory/explain_asset'
import { STATUS_WORDS } from './looks.js'

/** What the selects of the form offer. */
export interface FormChoices {
  readonly types: readonly string[]
  readonly rooms: readonly string[]
}

const FOLDED = ['vendor', 'model', 'firmware_version', 'notes'] as const

/** The form of a new asset; `values` may come along in the address, for adding several alike. */
export function toNewAssetForm(choices: FormChoices, given: Record<string, unknown>) {
  const values = {
    hostname: given.hostname,
    item_type: given.item_type ?? 'Switch',
    room_location: given.room_location,
    status: 'in_use',
  }
  return { ...toOptions(choices), values, revision: null, feeds: {}, isMoreOpen: false }
}

/** The form of a known asset. `feeds` names the leading source of each field that a source has a say in. */
export function toEditAssetForm(asset: Asset, explanations: readonly FieldExplanation[], choices: FormChoices) {
  const values = {
    hostname: asset.hostname,
    item_type: asset.assetType,
    room_location: asset.room,
    sub_location: asset.subLocation,
    status: asset.status,
    serial_number: asset.serialNumber,
    asset_tag: asset.assetTag,
    mac_address: asset.macAddress && formatMacAddress(asset.macAddress),
    ip_address: asset.ipAddress,
    vendor: asset.vendor,
    model: asset.model,
    firmware_version: asset.firmwareVersion,
    notes: asset.notes,
  }
  const fed = explanations.filter(({ field, claims }) => field in values && claims.length > 0)
  return {
    ...toOptions(choices),
    values,
    revision: asset.revision,
    feeds: Object.fromEntries(fed.map(({ field, claims }) => [field, claims[0]?.source])),
    isMoreOpen: FOLDED.some((field) => values[field] !== null),
  }
}

function toOptions({ types, rooms }: FormChoices) {
  return {
    types: types.map((name) => ({ value: name, label: name })),
    rooms: [{ value: '', label: 'No room' }, ...rooms.map((name) => ({ value: name, label: name }))],
    statuses: ASSET_STATUSES.map((status) => ({ value: status, label: STATUS_WORDS[status] })),
  }
}
