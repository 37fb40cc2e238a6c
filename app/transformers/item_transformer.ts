import { ASSET_STATUSES, PRESENCES } from '#core/assets/asset'
import { formatMacAddress } from '#core/assets/mac_address'
import { type AssetView } from '#services/search/asset_query'
import { choice, flag, integer, nullable, shape, text, time } from './shape.js'

/** An item as the API answers it. */
export const itemShape = shape<AssetView>('Item', {
  id: integer((asset) => asset.id),
  hostname: text((asset) => asset.hostname),
  serial_number: nullable(text((asset) => asset.serialNumber)),
  mac_address: nullable(text((asset) => asset.macAddress && formatMacAddress(asset.macAddress))),
  asset_tag: nullable(text((asset) => asset.assetTag)),
  item_type: text((asset) => asset.assetType),
  room_location: nullable(text((asset) => asset.room)),
  sub_location: nullable(text((asset) => asset.subLocation)),
  notes: nullable(text((asset) => asset.notes)),
  status: choice(ASSET_STATUSES, (asset) => asset.status),
  presence: choice(PRESENCES, (asset) => asset.presence),
  ip_address: nullable(text((asset) => asset.ipAddress)),
  vendor: nullable(text((asset) => asset.vendor)),
  model: nullable(text((asset) => asset.model)),
  firmware_version: nullable(text((asset) => asset.firmwareVersion)),
  source: text((asset) => asset.source),
  source_id: nullable(text((asset) => asset.sourceRef)),
  last_synced_at: nullable(time((asset) => asset.lastSyncedAt)),
  is_active: flag((asset) => asset.isActive),
  revision: integer((asset) => asset.revision),
  created_at: time((asset) => asset.createdAt),
  updated_at: time((asset) => asset.updatedAt),
})
