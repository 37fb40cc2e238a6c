import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { CLAIMED_FIELDS, type Actor, type AssetValues } from '#core/assets/asset'
import { parseSerialNumber } from '#core/assets/serial_number'
import { NO_PERSON_VALUES, type AssetIdentifier, type AssetView } from '#core/reconcile/asset_view'
import { claimsHash } from '#core/reconcile/survive'
import { type Pin } from '#core/reconcile/types'
import { replan } from '#services/sync/replan'
import { type StoredAsset } from '#services/sync/store/asset_queries'
import { recordsReporting } from '#services/sync/store/evidence_queries'
import { savePins } from '#services/sync/store/pin_queries'
import { loadSurroundings } from './asset_transaction.js'
import { checkValues } from './check_values.js'
import { computeAsset, toChange } from './compute_asset.js'
import { decide, type Decision } from './decision.js'
import { within } from './replan_held.js'
import { writeChanges } from './write_changes.js'

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

/**
 * Adds an asset that a person typed: each value is pinned, so that no source ever overwrites it. Records that were
 * ignored because a device with this serial or MAC had been deleted are ignored no longer.
 */
export class CreateAsset {
  async handle(input: NewAsset, actor: Actor): Promise<{ assetId: number; changeSetId: number }> {
    return decide({ kind: 'create', reason: null, actor }, false, async (trx, decision) => {
      const { changeSetId, now } = decision
      const values = withNormalSerial(input)
      await checkValues(trx, values, null)
      const { draft, pins } = draftOf(values, actor, now)
      const surroundings = await loadSurroundings(trx, [], [], now)
      const computed = computeAsset(draft, [], 0, surroundings)
      const change = toChange(null, computed, null)!
      const [assetId] = await writeChanges(trx, changeSetId, [change], now)
      await savePins(trx, assetId!, pins, actor.userId)
      await ignoreNoLonger(trx, decision, computed.identifiers)
      return { assetId: assetId!, changeSetId }
    })
  }
}

async function ignoreNoLonger(
  trx: TransactionClientContract,
  decision: Decision,
  identifiers: readonly AssetIdentifier[]
): Promise<void> {
  const typed = identifiers.filter(({ kind, strength }) => strength === 'strong' && kind !== 'asset_tag')
  const reporting = await Promise.all(typed.map((identifier) => recordsReporting(trx, identifier)))
  const ignored = reporting.flat().flatMap(({ id, linkState }) => (linkState === 'excluded' ? [id] : []))
  if (ignored.length > 0) {
    await replan(trx, { recordIds: [...new Set(ignored)], dirtyAssetIds: [], ...within(decision) })
  }
}

/** An asset that is not there yet, as a person described it, and the pins that it will have. */
export function draftOf(
  values: NewAsset,
  actor: Actor,
  now: string,
  until: 'always' | 'source_change' = 'always'
): { draft: StoredAsset; pins: Pin[] } {
  const typed = CLAIMED_FIELDS.flatMap((field) => toPin(field, values[field], actor, now))
  const pins = typed.map((pin) => (until === 'always' ? pin : { ...pin, until, claimsHash: claimsHash([]) }))
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
