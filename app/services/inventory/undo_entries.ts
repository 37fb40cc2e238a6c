import { type AssetValues } from '#core/assets/asset'
import { ValueTaken } from '#core/assets/errors'
import { toSerialKey } from '#core/assets/serial_number'
import { type SourceRecord } from '#core/reconcile/types'
import { bulkSql } from '#services/sync/store/bulk_sql'
import { loadAssets, type StoredAsset } from '#services/sync/store/asset_queries'
import { recordIdsOf } from '#services/sync/store/link_queries'
import { deletePinsOfMany, savePinsOfMany } from '#services/sync/store/pin_queries'
import { loadRecords } from '#services/sync/store/record_queries'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { loadSurroundings } from './asset_transaction.js'
import { apiName } from './check_values.js'
import { type Surroundings } from './compute_asset.js'
import { TakenValues } from './taken_values.js'
import { planEntry, type EntryOfAsset, type UndonePlan } from './undo_entry.js'
import { type Undoing } from './undoing.js'
import { writeChanges } from './write_changes.js'

/** A field, or a whole item, that stayed because somebody changed it since. */
export interface UndoConflict {
  readonly assetId: number
  readonly fields: readonly string[]
  readonly reason: string
}

const CHUNK = 200

/** Takes back what a change set did to these assets, each of which occurs once, in this order. */
export async function undoEntries(
  undoing: Undoing,
  entries: readonly EntryOfAsset[]
): Promise<{ conflicts: UndoConflict[]; undone: number }> {
  const conflicts: UndoConflict[] = []
  let undone = 0
  for (let start = 0; start < entries.length; start += CHUNK) {
    const chunk = entries.slice(start, start + CHUNK)
    const known = await loadKnown(undoing, chunk)
    reserveSerials(chunk, known)
    const outcomes = chunk.map((entry) => undoOne(entry, known, undoing))
    conflicts.push(...outcomes.flatMap(({ conflict }) => conflict ?? []))
    undone += await write(
      undoing,
      outcomes.flatMap(({ plan }) => (plan?.change ? [plan] : []))
    )
  }
  return { conflicts, undone }
}

/** Of two assets that claim one serial the one gets it back that had it: it comes first. */
export async function serialsFirst(client: SqlClient, entries: readonly EntryOfAsset[]): Promise<EntryOfAsset[]> {
  const assets = await loadAssets(
    client,
    entries.map((entry) => entry.assetId)
  )
  const isWithout = ({ assetId, before }: EntryOfAsset) =>
    ('serialNumber' in before ? before.serialNumber : (assets.get(assetId)?.view.serialNumber ?? null)) === null
  return [...entries].sort((a, b) => Number(isWithout(a)) - Number(isWithout(b)) || a.assetId - b.assetId)
}

/** Those of the assets that the entries made and that a person edited after they were made. */
export async function editedCreations(client: SqlClient, entries: readonly EntryOfAsset[]): Promise<Set<number>> {
  const made = entries.filter(({ action }) => action === 'create')
  if (made.length === 0) {
    return new Set()
  }
  const rows = await selectRows<{ asset_id: number }>(
    client,
    `select distinct c.asset_id
     from ${bulkSql(client).rows('w', { id: 'int', made_at: 'time' })}
     cross join changes c cross join change_sets s
     where c.asset_id = w.id and s.id = c.change_set_id and s.run_id is null
       and s.kind in ('edit', 'bulk_edit', 'import') and s.created_at > w.made_at`,
    [JSON.stringify(made.map(({ assetId, madeAt }) => ({ id: assetId, made_at: madeAt })))]
  )
  return new Set(rows.map((row) => row.asset_id))
}

interface Known {
  readonly assets: ReadonlyMap<number, StoredAsset>
  readonly records: ReadonlyMap<number, readonly SourceRecord[]>
  readonly edited: ReadonlySet<number>
  readonly surroundings: Surroundings
  readonly taken: TakenValues
}

async function loadKnown({ trx, now }: Undoing, entries: readonly EntryOfAsset[]): Promise<Known> {
  const ids = entries.map(({ assetId }) => assetId)
  const assets = await loadAssets(trx, ids)
  const records = await loadRecords(trx, await recordIdsOf(trx, ids), null)
  const wanted = possibleValues(entries, assets, records)
  const serials = wanted.flatMap(({ serialNumber }) => serialNumber ?? [])
  return {
    assets,
    records: Map.groupBy(records, ({ assetId }) => assetId!),
    edited: await editedCreations(trx, entries),
    surroundings: await loadSurroundings(trx, records, serials, now),
    taken: await TakenValues.load(trx, wanted),
  }
}

/** Every serial and asset tag that one of the assets may carry afterwards. */
function possibleValues(
  entries: readonly EntryOfAsset[],
  assets: ReadonlyMap<number, StoredAsset>,
  records: readonly SourceRecord[]
): Partial<AssetValues>[] {
  const ofAsset = ({ view, pins }: StoredAsset) => [
    { serialNumber: view.serialNumber, assetTag: view.assetTag },
    ...pins.flatMap(({ field, value }) => (field === 'serialNumber' ? [{ serialNumber: value }] : [])),
  ]
  return [
    ...entries.flatMap(({ before, pins }) => [
      { serialNumber: textOf(before.serialNumber), assetTag: textOf(before.assetTag) },
      ...(pins ?? []).flatMap(({ field, value }) => (field === 'serialNumber' ? [{ serialNumber: value }] : [])),
    ]),
    ...[...assets.values()].flatMap(ofAsset),
    ...records.map(({ observation }) => ({ serialNumber: observation.claims.serialNumber ?? null })),
  ]
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Serials that go back to their items: one that is computed before does not take them by what its records say. */
function reserveSerials(entries: readonly EntryOfAsset[], { assets, surroundings }: Known): void {
  const { serialOwners } = surroundings
  for (const { assetId, before, after } of entries) {
    const serial = textOf(before.serialNumber)
    const key = serial && toSerialKey(serial)
    const isGoingBack = assets.get(assetId)?.view.serialNumber === textOf(after.serialNumber)
    const owner = key ? serialOwners.get(key) : undefined
    if (key && isGoingBack && (owner === undefined || assets.has(owner))) {
      serialOwners.set(key, assetId)
    }
  }
}

function undoOne(
  entry: EntryOfAsset,
  { assets, records, edited, surroundings, taken }: Known,
  { actor }: Undoing
): { conflict: UndoConflict | null; plan: UndonePlan | null } {
  const { assetId } = entry
  const asset = assets.get(assetId)!
  if (edited.has(assetId)) {
    return { conflict: { assetId, fields: [], reason: 'somebody edited the item since' }, plan: null }
  }
  release(surroundings, assetId)
  const plan = planEntry(entry, asset, records.get(assetId) ?? [], surroundings, actor)
  const refusal = plan.change && findRefusal(plan, taken)
  if (refusal) {
    release(surroundings, assetId)
    asset.identifiers
      .filter(({ kind, strength }) => kind === 'serial' && strength === 'strong')
      .forEach(({ value }) => surroundings.serialOwners.set(value, assetId))
    return { conflict: { assetId, fields: [], reason: refusal }, plan: null }
  }
  const fields = plan.kept.map((field) => apiName(field as never))
  const conflict = fields.length > 0 ? { assetId, fields, reason: 'somebody changed it since' } : null
  return { conflict, plan }
}

/** Frees the serials of an asset: those that it keeps it takes again when it is computed. */
function release({ serialOwners }: Surroundings, assetId: number): void {
  for (const [serial, owner] of serialOwners) {
    if (owner === assetId) {
      serialOwners.delete(serial)
    }
  }
}

/** Why the restored asset cannot be: another one carries its serial or tag by now. What it takes is taken from then on. */
function findRefusal({ asset, change }: UndonePlan, taken: TakenValues): string | null {
  const { view } = change!
  const isActive = view.isActive
  try {
    if (isActive) {
      taken.check({ serialNumber: view.serialNumber, assetTag: view.assetTag }, asset.id)
    }
  } catch (error) {
    if (error instanceof ValueTaken) {
      return error.message
    }
    throw error
  }
  const carried = isActive ? view : { ...view, serialNumber: null, assetTag: null, macAddress: null }
  taken.take(asset.view, carried, { id: asset.id, hostname: view.hostname })
  return null
}

async function write(undoing: Undoing, plans: readonly UndonePlan[]): Promise<number> {
  const { trx, actor, now } = undoing
  if (plans.length === 0) {
    return 0
  }
  const fields = plans.flatMap(({ asset, touched }) => touched.map((field) => ({ assetId: asset.id, field })))
  await deletePinsOfMany(trx, fields)
  await savePinsOfMany(
    trx,
    plans.flatMap(({ asset, pins }) => pins.map((pin) => ({ ...pin, assetId: asset.id }))),
    actor.userId
  )
  const changes = plans.map(({ change }) => change!)
  await writeChanges(trx, await undoing.open(), changes, now)
  return plans.length
}
