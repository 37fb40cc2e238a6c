import { type AssetTypeRow } from '#services/inventory/list_asset_types'
import { type NamedRow } from '#services/inventory/named_list'
import { integer, nullable, shape, text } from './shape.js'

export const roomShape = shape<NamedRow>('Room', {
  id: integer((room) => room.id),
  name: text((room) => room.name),
})

export const itemTypeShape = shape<AssetTypeRow>('ItemType', {
  id: integer((type) => type.id),
  name: text((type) => type.name),
  icon: nullable(text((type) => type.icon)),
})
