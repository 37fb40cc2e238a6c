import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { toSearchText } from '#core/assets/search_text'
import { sameIdentifiers, diffViews } from '#core/reconcile/plan_change'
import { type SourceRecord } from '#core/reconcile/types'
import { toIso } from '#database/columns'
import { loadAssets, type StoredAsset } from '#services/sync/store/asset_queries'
import { recordIdsOf } from '#services/sync/store/link_queries'
import { loadRecords } from '#services/sync/store/record_queries'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { loadSurroundings } from './asset_transaction.js'
import { apiName } from './check_values.js'
import { computeAsset, type ComputedAsset, type Surroundings } from './compute_asset.js'

/** An asset whose row is not what its claims and pins say. */
interface Discrepancy {
  readonly assetId: number
  readonly hostname: string
  /** Fields that differ: as stored, and as computed. */
  readonly fields: readonly { readonly field: string; readonly stored: unknown; readonly computed: unknown }[]
  readonly areIdentifiersDifferent: boolean
  readonly isSearchDifferent: boolean
}

export interface Verification {
  readonly checked: number
  readonly discrepancies: readonly Discrepancy[]
}

const CHUNK = 500

/**
 * Computes every active asset anew from its claims and pins, and lists those whose row says something else. The clock
 * alone changes assets only when a source is read, so a row may also be as it was at the last run.
 */
export class VerifyInventory {
  async handle(options: { readonly mostListed?: number; readonly client?: SqlClient } = {}): Promise<Verification> {
    const client = options.client ?? db.connection()
    const mostListed = options.mostListed ?? 100
    const times = [DateTime.utc().toISO(), ...(await lastRunTimes(client))]
    const discrepancies: Discrepancy[] = []
    let checked = 0
    for (let afterId = 0; ;) {
      const ids = await activeIds(client, afterId)
      if (ids.length === 0) {
        return { checked, discrepancies }
      }
      for (const discrepancy of await verifyChunk(client, ids, times)) {
        if (discrepancies.length < mostListed) {
          discrepancies.push(discrepancy)
        }
      }
      checked += ids.length
      afterId = ids.at(-1)!
    }
  }
}

async function activeIds(client: SqlClient, afterId: number): Promise<number[]> {
  const rows = await selectRows<{ id: number }>(
    client,
    'select id from assets where id > ? and is_active order by id limit ?',
    [afterId, CHUNK]
  )
  return rows.map((row) => row.id)
}

/** When each source was last read whole. */
async function lastRunTimes(client: SqlClient): Promise<string[]> {
  const rows = await selectRows<{ last_completed_at: unknown }>(
    client,
    'select distinct last_completed_at from sources where last_completed_at is not null'
  )
  return rows.map((row) => toIso(row.last_completed_at)!)
}

async function verifyChunk(
  client: SqlClient,
  ids: readonly number[],
  times: readonly string[]
): Promise<Discrepancy[]> {
  const assets = await loadAssets(client, ids)
  const records = await loadRecords(client, await recordIdsOf(client, ids), null)
  const byAsset = Map.groupBy(records, (record) => record.assetId!)
  const surroundings = await loadSurroundings(client, records, serialsOf(assets.values()), times[0]!)
  const search = await storedSearch(client, ids)
  return ids.flatMap((id) => {
    const asset = assets.get(id)!
    const own = byAsset.get(id) ?? []
    const [first, ...others] = times.map((now) => compare(asset, own, search.get(id)!, { ...surroundings, now }))
    return first === null || others.includes(null) ? [] : [first!]
  })
}

function serialsOf(assets: Iterable<StoredAsset>): string[] {
  return [...assets].flatMap(({ view }) => view.serialNumber ?? [])
}

function compare(
  asset: StoredAsset,
  records: readonly SourceRecord[],
  search: string,
  surroundings: Surroundings
): Discrepancy | null {
  const apart = { ...surroundings, serialOwners: new Map(surroundings.serialOwners) }
  const computed: ComputedAsset = computeAsset(asset, records, asset.id, apart)
  const difference = diffViews(asset.view, computed.view)
  const areIdentifiersDifferent = !sameIdentifiers(asset.identifiers, computed.identifiers)
  const macs = computed.identifiers.flatMap(({ kind, value }) => (kind === 'mac' ? [value] : []))
  const isSearchDifferent = toSearchText(computed.view, macs) !== search
  if (!difference && !areIdentifiersDifferent && !isSearchDifferent) {
    return null
  }
  const fields = Object.keys(difference?.after ?? {}).map((field) => ({
    field: apiName(field as never) ?? field,
    stored: difference!.before[field],
    computed: difference!.after[field],
  }))
  return { assetId: asset.id, hostname: asset.view.hostname, fields, areIdentifiersDifferent, isSearchDifferent }
}

async function storedSearch(client: SqlClient, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await selectRows<{ id: number; search: string }>(
    client,
    `select id, search from assets where id >= ? and id <= ?`,
    [ids[0], ids.at(-1)]
  )
  return new Map(rows.map((row) => [row.id, row.search]))
}
