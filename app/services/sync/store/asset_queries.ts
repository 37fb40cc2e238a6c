import { toIso } from '#database/columns'
import { type Asset } from '#core/assets/asset'
import { type AssetIdentifier, type AssetView } from '#core/reconcile/asset_view'
import { type Pin } from '#core/reconcile/types'
import { bulkSql } from './bulk_sql.js'
import { selectRows, type SqlClient } from './sql_client.js'

/** An asset with all that its row is computed from, but its records. */
export interface StoredAsset {
  readonly id: number
  readonly revision: number
  readonly view: AssetView
  readonly pins: Pin[]
  readonly identifiers: AssetIdentifier[]
}

interface AssetRow {
  id: number
  revision: number
  hostname: string
  asset_type: string
  serial_number: string | null
  mac_address: string | null
  asset_tag: string | null
  room: string | null
  sub_location: string | null
  notes: string | null
  status: Asset['status']
  presence: Asset['presence']
  ip_address: string | null
  vendor: string | null
  model: string | null
  firmware_version: string | null
  location: string | null
  source: string
  source_ref: string | null
  origin: Asset['origin']
  is_active: number | boolean
  merged_into: number | null
}

/** Assets with their pins and identifiers, by id. */
export async function loadAssets(client: SqlClient, assetIds: readonly number[]): Promise<Map<number, StoredAsset>> {
  if (assetIds.length === 0) {
    return new Map()
  }
  const parameter = JSON.stringify(assetIds.map((id) => ({ id })))
  const wanted = bulkSql(client).rows('w', { id: 'int' })
  const rows = await selectRows<AssetRow>(
    client,
    `select a.id, a.revision, a.hostname, a.asset_type, a.serial_number, a.mac_address, a.asset_tag, a.room,
            a.sub_location, a.notes, a.status, a.presence, a.ip_address, a.vendor, a.model, a.firmware_version,
            a.location, a.source, a.source_ref, a.origin, a.is_active, a.merged_into
     from ${wanted} cross join assets a where a.id = w.id`,
    [parameter]
  )
  const pins = await selectRows<PinRow>(
    client,
    `select p.asset_id, p.field, p.value, p.until, p.until_at, p.claims_hash, p.reason, p.actor, p.set_at
     from ${wanted} cross join pins p where p.asset_id = w.id`,
    [parameter]
  )
  const identifiers = await selectRows<AssetIdentifier & { asset_id: number }>(
    client,
    `select i.asset_id, i.kind, i.value, i.strength, i.origin
     from ${wanted} cross join asset_identifiers i where i.asset_id = w.id`,
    [parameter]
  )
  const pinsOf = Map.groupBy(pins, (pin) => pin.asset_id)
  const identifiersOf = Map.groupBy(identifiers, (identifier) => identifier.asset_id)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        revision: row.revision,
        view: toView(row),
        pins: (pinsOf.get(row.id) ?? []).map(toPin),
        identifiers: (identifiersOf.get(row.id) ?? []).map(({ kind, value, strength, origin }) => ({
          kind,
          value,
          strength,
          origin,
        })),
      },
    ])
  )
}

interface PinRow {
  asset_id: number
  field: string
  value: string | null
  until: Pin['until']
  until_at: unknown
  claims_hash: string | null
  reason: string | null
  actor: string
  set_at: unknown
}

function toPin(row: PinRow): Pin {
  return {
    field: row.field,
    value: row.value,
    until: row.until,
    untilAt: toIso(row.until_at),
    claimsHash: row.claims_hash,
    reason: row.reason,
    actor: row.actor,
    setAt: toIso(row.set_at)!,
  }
}

function toView(row: AssetRow): AssetView {
  return {
    hostname: row.hostname,
    assetType: row.asset_type,
    serialNumber: row.serial_number,
    macAddress: row.mac_address,
    assetTag: row.asset_tag,
    room: row.room,
    subLocation: row.sub_location,
    notes: row.notes,
    status: row.status,
    presence: row.presence,
    ipAddress: row.ip_address,
    vendor: row.vendor,
    model: row.model,
    firmwareVersion: row.firmware_version,
    location: row.location,
    source: row.source,
    sourceRef: row.source_ref,
    origin: row.origin,
    isActive: Boolean(row.is_active),
    mergedInto: row.merged_into,
  }
}
