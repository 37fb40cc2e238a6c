/** Where an asset is in its life: a person's statement, never a source's. */
export const ASSET_STATUSES = ['in_use', 'spare', 'repair', 'retired'] as const
export type AssetStatus = (typeof ASSET_STATUSES)[number]

/** What the network says: seen, absent from enough complete runs, or never seen by a source. */
export const PRESENCES = ['present', 'missing', 'unknown'] as const
export type Presence = (typeof PRESENCES)[number]

/** What lists can be narrowed to. `retire_candidate`: missing for so long that a person may want to retire it. */
export const PRESENCE_FILTERS = [...PRESENCES, 'retire_candidate'] as const
export type PresenceFilter = (typeof PRESENCE_FILTERS)[number]

/** A missing asset that no source listed for this long is a candidate. Spares lie in a drawer, retired ones are. */
export const RETIRE_AFTER_DAYS = 30
export const NEVER_RETIRE_CANDIDATES: readonly AssetStatus[] = ['spare', 'retired']

/** Fields that a source may claim. The value in the row is the winner of the claims and the pin. */
export const CLAIMED_FIELDS = [
  'hostname',
  'serialNumber',
  'macAddress',
  'ipAddress',
  'vendor',
  'model',
  'firmwareVersion',
  'assetType',
  'location',
] as const
export type ClaimedField = (typeof CLAIMED_FIELDS)[number]

/** Fields that only people write. */
export const PERSON_FIELDS = ['assetTag', 'room', 'subLocation', 'notes', 'status'] as const
export type PersonField = (typeof PERSON_FIELDS)[number]

export type AssetField = ClaimedField | PersonField

/** Every field of an asset that has a value of its own, with its column. */
export const FIELD_COLUMNS = {
  hostname: 'hostname',
  assetType: 'asset_type',
  serialNumber: 'serial_number',
  macAddress: 'mac_address',
  assetTag: 'asset_tag',
  room: 'room',
  subLocation: 'sub_location',
  notes: 'notes',
  status: 'status',
  ipAddress: 'ip_address',
  vendor: 'vendor',
  model: 'model',
  firmwareVersion: 'firmware_version',
  location: 'location',
} as const satisfies Record<AssetField, string>

/** The values of an asset's fields. Null is absent. `macAddress` is twelve lower-case hex digits. */
export interface AssetValues {
  hostname: string
  assetType: string
  serialNumber: string | null
  macAddress: string | null
  assetTag: string | null
  room: string | null
  subLocation: string | null
  notes: string | null
  status: AssetStatus
  ipAddress: string | null
  vendor: string | null
  model: string | null
  firmwareVersion: string | null
  location: string | null
}

/** One asset as stored. Times are ISO 8601 in UTC. */
export interface Asset extends AssetValues {
  readonly id: number
  /** Counts the changes; the ETag is made from it. */
  readonly revision: number
  readonly presence: Presence
  /** `manual`, the one source's name, or `merged` when more than one of {the person who created it, sources} feeds it. */
  readonly source: string
  /** `<source>:<native id>` the leading linked record, or null. */
  readonly sourceRef: string | null
  readonly origin: 'person' | 'source'
  readonly isActive: boolean
  readonly mergedInto: number | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly deletedAt: string | null
}

/** Who asks for a change. `userId` is null for the engine and for commands. */
export interface Actor {
  readonly userId: number | null
  readonly name: string
  /** Where the request came from; absent for the engine and for commands. */
  readonly address?: string
}
