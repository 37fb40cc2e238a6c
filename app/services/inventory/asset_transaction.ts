import db from '@adonisjs/lucid/services/db'
import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { AssetNotFound, StaleRevision } from '#core/assets/errors'
import { toSerialKey } from '#core/assets/serial_number'
import { type SourceRank, type SourceRecord } from '#core/reconcile/types'
import { loadAssets, type StoredAsset } from '#services/sync/store/asset_queries'
import { loadDenylist } from '#services/sync/store/denylist_queries'
import { serialOwners } from '#services/sync/store/evidence_queries'
import { recordIdsOf } from '#services/sync/store/link_queries'
import { loadRecords } from '#services/sync/store/record_queries'
import { loadSourceRanks } from '#services/sync/store/source_queries'
import { type SqlClient } from '#services/sync/store/sql_client'
import { transactionInTurn } from '#services/sync/store/write_clock'
import { type Surroundings } from './compute_asset.js'

/** One asset with everything that computing it needs. */
export interface KnownAsset {
  readonly asset: StoredAsset
  readonly records: readonly SourceRecord[]
}

/** Runs a person's change alone: nobody else writes assets between what it reads and what it writes. */
export async function writeAlone<T>(work: (trx: TransactionClientContract, now: string) => Promise<T>): Promise<T> {
  return transactionInTurn(db.connection(), (trx) => work(trx, DateTime.utc().toISO()))
}

/**
 * An asset, its pins and its records.
 *
 * @throws AssetNotFound; StaleRevision when `ifRevision` is not the asset's revision any more.
 */
export async function loadKnownAsset(client: SqlClient, id: number, ifRevision?: number): Promise<KnownAsset> {
  const assets = await loadAssets(client, [id])
  const asset = assets.get(id)
  if (!asset) {
    throw new AssetNotFound(id)
  }
  if (ifRevision !== undefined && ifRevision !== asset.revision) {
    throw new StaleRevision(id, asset.revision)
  }
  const records = await loadRecords(client, await recordIdsOf(client, [id]), null)
  return { asset, records }
}

/** What the view of one asset depends on, besides itself. */
export async function loadSurroundings(
  client: SqlClient,
  records: readonly SourceRecord[],
  serials: readonly string[],
  now: string
): Promise<Surroundings> {
  const claimed = records.flatMap(({ observation }) => observation.claims.serialNumber ?? [])
  const reported = records.flatMap(({ observation }) =>
    observation.identifiers.flatMap(({ kind, value }) => (kind === 'serial' ? [value] : []))
  )
  const keys = new Set([...serials, ...claimed].map(toSerialKey).concat(reported))
  const sources: ReadonlyMap<number, SourceRank> = await loadSourceRanks(client)
  return {
    sources,
    denied: await loadDenylist(client),
    serialOwners: await serialOwners(client, [...keys]),
    now,
  }
}
