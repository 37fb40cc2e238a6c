import db from '@adonisjs/lucid/services/db'
import { type Asset, FIELD_COLUMNS } from '#core/assets/asset'
import { toSearchText } from '#core/assets/search_text'
import { bulkSql, insertRows } from '#services/sync/store/bulk_sql'

/** An asset as a test describes it: what it leaves out has a plain value. `macs` are its other hardware addresses. */
export interface AssetDraft extends Partial<Asset> {
  readonly macs?: readonly string[]
}

/** A source and which assets it has records of. Absent times: read at `lastCompletedAt`, listed still, linked. */
export interface RecordDraft {
  readonly assetId: number
  readonly nativeId?: string
  readonly linkState?: 'linked' | 'held' | 'pending' | 'excluded'
  readonly missingSince?: string
  readonly closedAt?: string
}

const TIME = '2026-11-22T06:00:00.000Z'

const COLUMNS = {
  ...FIELD_COLUMNS,
  presence: 'presence',
  source: 'source',
  sourceRef: 'source_ref',
  origin: 'origin',
} as const

/** Moments that were made up; those of a test that was rolled back must not come again. */
let moments = 0

/** Stores assets as they are described, past the engine, and answers them whole. Types and rooms must exist. */
export async function insertAssets(drafts: readonly AssetDraft[]): Promise<Asset[]> {
  const client = db.connection()
  moments += 1000
  await db.from('write_clock').increment('tick', moments)
  const ids = await bulkSql(client).allocateIds(client, 'assets', drafts.length)
  const assets = drafts.map((draft, index) => complete(draft, ids[index]!))

  await insertRows(
    client,
    'assets',
    {
      id: 'int',
      revision: 'int',
      ...Object.fromEntries(Object.values(COLUMNS).map((column) => [column, 'text' as const])),
      is_active: 'bool',
      search: 'text',
      created_at: 'time',
      updated_at: 'time',
      deleted_at: 'time',
    },
    assets.map((asset, index) => ({
      id: asset.id,
      revision: asset.revision,
      ...Object.fromEntries(
        Object.entries(COLUMNS).map(([field, column]) => [column, asset[field as keyof typeof COLUMNS]])
      ),
      is_active: asset.isActive,
      search: toSearchText(asset, drafts[index]!.macs ?? []),
      created_at: asset.createdAt,
      updated_at: asset.updatedAt,
      deleted_at: asset.deletedAt,
    }))
  )
  return assets
}

/** Stores a source with its records. */
export async function insertSource(
  name: string,
  lastCompletedAt: string | null,
  records: readonly RecordDraft[]
): Promise<void> {
  const client = db.connection()
  const [sourceId] = await bulkSql(client).allocateIds(client, 'sources', 1)
  await insertRows(
    client,
    'sources',
    { id: 'int', name: 'text', plugin: 'text', rank: 'int', last_completed_at: 'time', created_at: 'time' },
    [{ id: sourceId, name, plugin: name, rank: 10, last_completed_at: lastCompletedAt, created_at: TIME }]
  )
  await insertRows(
    client,
    'source_records',
    {
      source_id: 'int',
      native_id: 'text',
      asset_id: 'int',
      link_state: 'text',
      missing_since: 'time',
      closed_at: 'time',
      first_run_id: 'int',
      changed_run_id: 'int',
    },
    records.map((record) => ({
      source_id: sourceId,
      native_id: record.nativeId ?? String(record.assetId),
      asset_id: record.assetId,
      link_state: record.linkState ?? 'linked',
      missing_since: record.missingSince ?? null,
      closed_at: record.closedAt ?? null,
      first_run_id: 1,
      changed_run_id: 1,
    }))
  )
}

function complete({ macs: _macs, ...draft }: AssetDraft, id: number): Asset {
  return {
    id,
    revision: 1,
    hostname: `lab-${id}`,
    assetType: 'Switch',
    serialNumber: null,
    macAddress: null,
    assetTag: null,
    room: null,
    subLocation: null,
    notes: null,
    status: 'in_use',
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
    createdAt: TIME,
    updatedAt: TIME,
    deletedAt: null,
    ...draft,
  }
}
