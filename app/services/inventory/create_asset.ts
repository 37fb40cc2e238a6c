import { CLAIMED_FIELDS, type Actor, type AssetValues } from '#core/assets/asset'
import { parseSerialNumber } from '#core/assets/serial_number'
import { NO_PERSON_VALUES, type AssetView } from '#core/reconcile/asset_view'
import { type Pin } from '#core/reconcile/types'
import { type StoredAsset } from '#services/sync/store/asset_queries'
import { savePins } from '#services/sync/store/pin_queries'
import { loadSurroundings, writeAlone } from './asset_transaction.js'
import { checkValues } from './check_values.js'
import { computeAsset, toChange } from './compute_asset.js'
import { openChangeSet, writeChanges } from './write_changes.js'

/** What a person gives to make an asset. MAC in canonical form. */
export type NewAsset = Partial<AssetValues> & Pick<AssetValues, 'hostname' | 'assetType'>

const EMPTY: AssetView = {
  ...NO_PERSON_VALUES,
  hostname: '',
  assetType: 'Unknown',
  serialNumber: null,
  macAddress: null,
  ipAddress: null,
  vendor: null,
  model: null,
  firmwareVersion: null,
  location: null,
  presence: 'unknown',
  source: 'manual',
  sourceRef: null,
  origin: 'person',
  isActive: true,
  mergedInto: null,
}

/** Adds an asset that a person typed: each value is pinned, so that no source ever overwrites it. */
export class CreateAsset {
  async handle(input: NewAsset, actor: Actor): Promise<{ assetId: number; changeSetId: number }> {
    return writeAlone(async (trx, now) => {
      const values = withNormalSerial(input)
      await checkValues(trx, values, null)
      const { draft, pins } = draftOf(values, actor, now)
      const surroundings = await loadSurroundings(trx, [], [], now)
      const computed = computeAsset(draft, [], 0, surroundings)
      const change = toChange(null, computed, null)!

      const head = { kind: 'create', runId: null, userId: actor.userId, actor: actor.name, reason: null } as const
      const changeSetId = await openChangeSet(trx, head, now)
      const [assetId] = await writeChanges(trx, changeSetId, [change], now)
      await savePins(trx, assetId!, pins, actor.userId)
      return { assetId: assetId!, changeSetId }
    })
  }
}

/** An asset that is not there yet, as a person described it, and the pins that it will have. */
export function draftOf(values: NewAsset, actor: Actor, now: string): { draft: StoredAsset; pins: Pin[] } {
  const pins = CLAIMED_FIELDS.flatMap((field) => toPin(field, values[field], actor, now))
  return { draft: { id: 0, revision: 0, view: { ...EMPTY, ...values }, pins, identifiers: [] }, pins }
}

/** Serials are stored as they are compared and searched: upper case, without labels. Odd ones stay as typed. */
export function withNormalSerial<T extends Partial<AssetValues>>(values: T): T {
  const { serialNumber } = values
  return serialNumber
    ? { ...values, serialNumber: parseSerialNumber(serialNumber) ?? serialNumber.trim().toUpperCase() }
    : values
}

function toPin(field: string, value: string | null | undefined, actor: Actor, now: string): Pin[] {
  return value === null || value === undefined
    ? []
    : [
        {
          field,
          value,
          until: 'always',
          untilAt: null,
          claimsHash: null,
          reason: null,
          actor: actor.name,
          setAt: now,
        },
      ]
}
