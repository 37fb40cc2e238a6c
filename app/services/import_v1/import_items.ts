import { type FieldFault } from '#core/assets/errors'
import { type RowReader } from '#services/exchange/import_rows'
import { editMany, type RowEdit } from '#services/inventory/edit_many'
import { type NewAsset } from '#services/inventory/create_asset'
import { type ManyWriter } from '#services/inventory/write_many'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { type V1Database } from './read_v1.js'
import { markOf, toItem, type V1Item } from './v1_item.js'

/** A value that an item could not keep in its field: it stands in the notes now. */
export interface Adjustment {
  readonly id: number
  readonly hostname: string
  readonly field: string
  readonly value: string
  readonly message: string
}

export interface ItemCounts {
  created: number
  /** Of those, how many had been deleted in 1.0 and are deleted here too. */
  deleted: number
  /** Imported before. */
  known: number
}

/** What an item still lacks a place for is tried without; no item has more fields. */
const MOST_TRIES = 12

/** What a field that must say something says instead. */
const INSTEAD: Readonly<Record<string, string>> = { item_type: 'Unknown' }

const LONGEST_NOTES = 9_000

/** Adds the items of LAIM 1.0 that were not imported before: the deleted ones first, so that their serials are free. */
export async function importItems(
  writer: ManyWriter,
  database: V1Database,
  readRow: RowReader
): Promise<{ counts: ItemCounts; adjustments: Adjustment[] }> {
  const counts: ItemCounts = { created: 0, deleted: 0, known: 0 }
  const adjustments: Adjustment[] = []
  const known = await knownMarks(writer.trx)

  for (const isActive of [false, true]) {
    for await (const rows of database.rows('inventory_items')) {
      const items = rows.map(toItem).filter((item) => item.isActive === isActive)
      const fresh = items.filter((item) => !known.has(markOf(item.id)))
      counts.known += items.length - fresh.length
      await addRooms(writer.trx, fresh)
      const ids = await addItems(writer, fresh, readRow, adjustments)
      counts.created += ids.length
      if (!isActive && ids.length > 0) {
        const deletions = ids.map((id) => ({ kind: 'delete', id }) as const)
        await editMany(writer.trx, deletions, writer.author, writer.openSet)
        counts.deleted += ids.length
      }
    }
  }
  return { counts, adjustments }
}

async function knownMarks(client: SqlClient): Promise<Set<string>> {
  const rows = await selectRows<{ reason: string }>(
    client,
    `select reason from changes where action = 'create' and reason like 'LAIM 1.0 item %'`
  )
  return new Set(rows.map(({ reason }) => reason.slice(0, reason.indexOf(':') + 1)))
}

/** Rooms that 1.0 knew are rooms here. */
async function addRooms(client: SqlClient, items: readonly V1Item[]): Promise<void> {
  const names = items.flatMap(({ cells }) => (cells.room_location ? [cells.room_location] : []))
  const rows = [...new Set(names)].filter((name) => name.length <= 64).map((name) => ({ name }))
  if (rows.length > 0) {
    await client.knexQuery().table('rooms').insert(rows).onConflict('name').ignore()
  }
}

/** Adds each item, if need be without what is refused of it; answers their new ids. */
async function addItems(
  writer: ManyWriter,
  items: readonly V1Item[],
  readRow: RowReader,
  adjustments: Adjustment[]
): Promise<number[]> {
  const ids: number[] = []
  let left = items.map(withoutPortAddress)
  for (let tries = 0; left.length > 0 && tries < MOST_TRIES; tries++) {
    const wishes = await Promise.all(left.map((item) => readItem(item, readRow, adjustments)))
    const edits = wishes.map(({ item, values }): RowEdit => toCreation(item, values))
    const results = await editMany(writer.trx, edits, writer.author, writer.openSet)
    left = []
    for (const [index, result] of results.entries()) {
      const { item } = wishes[index]!
      if (result.outcome === 'refused') {
        left.push(adjust(item, 'faults' in result.fault ? result.fault.faults : [], adjustments))
      } else {
        ids.push(result.assetId)
      }
    }
  }
  return ids
}

/** The values of an item as the API would take them. */
async function readItem(
  item: V1Item,
  readRow: RowReader,
  adjustments: Adjustment[]
): Promise<{ item: V1Item; values: NewAsset }> {
  let wish = item
  for (;;) {
    const cells = Object.fromEntries(Object.entries(wish.cells).filter(([, text]) => text !== null))
    const read = await readRow(cells, true)
    if ('values' in read) {
      return { item: wish, values: read.values as NewAsset }
    }
    wish = adjust(wish, read.faults, adjustments)
  }
}

/** What a person typed stays; what a sync of 1.0 wrote stays until a source says something of it. */
function toCreation(item: V1Item, values: NewAsset): RowEdit {
  const until = item.isSynced ? 'source_change' : 'always'
  return { kind: 'create', values, until, reason: item.provenance }
}

/**
 * 1.0 stored the address of any port, or of a station behind it, as that of a synced device. It would make one device of
 * two: only the history tells it.
 */
function withoutPortAddress(item: V1Item): V1Item {
  const { mac_address: mac } = item.cells
  if (!item.isSynced || !mac) {
    return item
  }
  return {
    ...item,
    provenance: `${item.provenance}, MAC address ${mac.slice(0, 64)}`,
    cells: { ...item.cells, mac_address: null },
  }
}

/** Moves refused values into the notes. */
function adjust(item: V1Item, faults: readonly FieldFault[], adjustments: Adjustment[]): V1Item {
  const cells: Record<string, string | null> = { ...item.cells }
  const lines: string[] = []
  for (const { field, message } of faults) {
    const value = cells[field] ?? ''
    if (field === 'notes') {
      cells.notes = value.slice(0, LONGEST_NOTES)
    } else {
      lines.push(`LAIM 1.0: ${field} ${value.slice(0, 500)}`)
      cells[field] = field === 'hostname' ? `item-${item.id}` : (INSTEAD[field] ?? null)
    }
    adjustments.push({ id: item.id, hostname: item.cells.hostname!, field, value, message })
  }
  cells.notes = [cells.notes, ...lines].filter(Boolean).join('\n') || null
  return { ...item, cells }
}
