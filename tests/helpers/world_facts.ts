import db from '@adonisjs/lucid/services/db'
import { parseSerialNumber, toSerialKey } from '#core/assets/serial_number'
import { fromJson } from '#database/columns'

type Row = Record<string, unknown>

/** The youngest change set; 0 when there is none. */
export async function latestSet(): Promise<number> {
  const [row] = await db.from('change_sets').max('id as id')
  return Number(row.id ?? 0)
}

/** Sources that were read to the end once. */
export async function readSources(): Promise<('alpha' | 'beta')[]> {
  const rows = await db.from('sync_runs').where('status', 'completed').whereNotNull('source_id').distinct('source')
  return rows.map((row) => row.source).sort()
}

/** Open records that have their asset, with it. */
export async function linkedRecords(): Promise<Map<number, number>> {
  const rows = await db
    .from('source_records')
    .where('link_state', 'linked')
    .whereNull('closed_at')
    .select('id', 'asset_id')
  return new Map(rows.map((row) => [Number(row.id), Number(row.asset_id)]))
}

/** Of these records those whose chassis serial no other record of their asset says, while others say another one. */
export async function contradictions(recordIds: ReadonlySet<number>): Promise<unknown[]> {
  const denied = new Set((await db.from('identifier_denylist')).map((row) => `${row.kind} ${row.value}`))
  const rows = await db
    .from('source_records as r')
    .join('observations as o', 'o.id', 'r.observation_id')
    .where('r.link_state', 'linked')
    .whereNull('r.closed_at')
    .select('r.id', 'r.asset_id', 'o.claims')
  const serials = rows.flatMap((row: Row) => {
    const { serialNumber } = fromJson<{ serialNumber?: string | null }>(row.claims)
    const serial = serialNumber ? parseSerialNumber(serialNumber) : null
    const isEvidence = serial !== null && !denied.has(`serial ${toSerialKey(serial)}`)
    return isEvidence ? [{ record: Number(row.id), asset: Number(row.asset_id), serial }] : []
  })
  return serials.filter(({ record, asset, serial }) => {
    const others = serials.filter((one) => one.asset === asset && one.record !== record)
    return recordIds.has(record) && others.length > 0 && !others.some((one) => one.serial === serial)
  })
}

/** Fields of active assets under a pin that holds always, with their values in the row. */
export async function pinnedFields(): Promise<unknown[]> {
  const rows = await db
    .from('pins')
    .join('assets', 'assets.id', 'pins.asset_id')
    .where({ until: 'always', is_active: true })
    .orderBy(['pins.asset_id', 'pins.field'])
    .select('assets.*', 'pins.field', 'pins.value')
  const column = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return rows.map((row: Row) => [row.id, row.field, row.value, row[column(String(row.field))]])
}

/** Everything that a sync without news must leave alone. */
export async function fingerprint(): Promise<unknown> {
  return {
    assets: await db.from('assets').orderBy('id'),
    identifiers: await db.from('asset_identifiers').orderBy(['asset_id', 'kind', 'value']),
    changes: (await db.from('changes')).length,
    sets: (await db.from('change_sets')).length,
    pins: await db.from('pins').orderBy(['asset_id', 'field']),
    reviews: await db.from('reviews').orderBy('id').select('id', 'state', 'dedupe_key'),
    links: await db
      .from('source_records')
      .whereNotNull('observation_id')
      .orderBy('id')
      .select('id', 'asset_id', 'link_state'),
  }
}

const VALUES = [
  ...['hostname', 'serial_number', 'mac_address', 'model', 'ip_address', 'asset_type', 'notes'],
  ...['presence', 'is_active'],
]

/** How many values were learned to be junk: they stay junk, whatever is taken back, and are evidence no longer. */
export async function learnedJunk(): Promise<number> {
  return (await db.from('identifier_denylist').where('origin', 'learned')).length
}

/** What taking back restores: values, not what follows from who lists an asset. */
export async function values(): Promise<{ id: number }[]> {
  return db
    .from('assets')
    .where('is_active', true)
    .orderBy('id')
    .select('id', ...VALUES.filter((field) => field !== 'presence'))
}

/** What is known, without ids that depend on the order of things: records are called by their keys. */
export async function contents(): Promise<unknown> {
  const records: Row[] = await db
    .from('source_records as r')
    .join('sources as s', 's.id', 'r.source_id')
    .select('s.name', 'r.native_id', 'r.asset_id', 'r.link_state', 'r.missed_runs', 'r.closed_at')
  const key = (row: Row) => `${row.name}:${row.native_id}${row.closed_at ? ':closed' : ''}`
  const keysOf = (id: unknown) => records.filter((row) => row.asset_id === id).map(key)
  const nameOf = (id: unknown) => keysOf(id).sort().join()
  const assets: Row[] = await db.from('assets')
  const changes: Row[] = await db.from('changes').orderBy('id')
  const reviews: Row[] = await db.from('reviews').where('state', 'open').select('kind')
  const staged = await db
    .from('observations')
    .whereNotIn('id', db.from('source_records').whereNotNull('observation_id').select('observation_id'))
  return {
    assets: assets
      .map((row) => JSON.stringify([nameOf(row.id), ...VALUES.map((field) => row[field]), row.search, row.revision]))
      .sort(),
    changes: changes
      .map(({ asset_id: id, action, before, after }) => [nameOf(id), action, sorted(before), sorted(after)])
      .map((change) => JSON.stringify(change))
      .sort(),
    records: records.map((row) => `${key(row)} ${row.link_state} ${row.missed_runs}`).sort(),
    reviews: reviews.map((row) => row.kind).sort(),
    staged: staged.length,
  }
}

function sorted(column: unknown): [string, unknown][] {
  const entries = Object.entries(fromJson<Row>(column)).filter(([field]) => field !== 'mergedInto')
  return entries.sort(([a], [b]) => (a < b ? -1 : 1))
}
