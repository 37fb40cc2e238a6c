import { FIELD_COLUMNS } from '#core/assets/asset'
import { SEARCHED_FIELDS, toSearchText } from '#core/assets/search_text'
import { type AssetView } from '#core/reconcile/asset_view'
import { type AssetChange } from '#core/reconcile/plan_change'
import { type JsonColumnType } from '#services/sync/store/bulk_dialect'
import { bulkSql, insertRows } from '#services/sync/store/bulk_sql'
import { execute, type SqlClient } from '#services/sync/store/sql_client'
import { macsOf, replaceIdentifiers } from './index_assets.js'

/** A change of an existing asset was planned from a revision that is not the current one any more. */
class ChangeIsStale extends Error {}

/** The columns that show what an asset is. */
const VIEW_COLUMNS = {
  ...FIELD_COLUMNS,
  presence: 'presence',
  source: 'source',
  sourceRef: 'source_ref',
  origin: 'origin',
  isActive: 'is_active',
  mergedInto: 'merged_into',
} as const satisfies Record<keyof AssetView, string>

const FIELDS = Object.keys(VIEW_COLUMNS) as (keyof AssetView)[]

/**
 * The only code that writes assets. It writes the rows, their identifiers and the entries of the change set, and keeps
 * the records of deleted assets away, in a handful of statements however many there are, and answers the assets' ids in the order of the changes.
 *
 * @throws ChangeIsStale when an asset changed since its change was computed.
 */
export async function writeChanges(
  trx: SqlClient,
  changeSetId: number,
  changes: readonly AssetChange[],
  now: string
): Promise<number[]> {
  const fresh = changes.filter((change) => change.assetId === null)
  const freshIds = await bulkSql(trx).allocateIds(trx, 'assets', fresh.length)
  const idOfFresh = new Map(fresh.map((change, index) => [change, freshIds[index]!]))
  const ids = changes.map((change) => change.assetId ?? idOfFresh.get(change)!)

  await insertAssets(trx, fresh, freshIds, now)
  await updateAssets(
    trx,
    changes.filter((change) => change.assetId !== null),
    now
  )
  await followActivity(trx, changes)
  await replaceIdentifiers(
    trx,
    changes.flatMap((change, index) =>
      change.replacesIdentifiers ? [{ assetId: ids[index]!, identifiers: change.identifiers }] : []
    ),
    new Set(freshIds)
  )
  await insertRows(
    trx,
    'changes',
    {
      change_set_id: 'int',
      asset_id: 'int',
      action: 'text',
      before: 'json',
      after: 'json',
      revision: 'int',
      detail: 'json',
      reason: 'text',
    },
    changes.map((change, index) => ({
      change_set_id: changeSetId,
      asset_id: ids[index],
      action: change.action,
      before: change.before,
      after: change.after,
      revision: change.baseRevision + 1,
      detail: change.detail ?? null,
      reason: change.reason,
    }))
  )
  return ids
}

/** Records of a deleted asset are excluded, those of an active one are linked: whoever deletes or restores it. */
async function followActivity(trx: SqlClient, changes: readonly AssetChange[]): Promise<void> {
  const states = changes.flatMap(({ assetId, after, view }) =>
    assetId !== null && 'isActive' in after ? [{ id: assetId, state: view.isActive ? 'linked' : 'excluded' }] : []
  )
  if (states.length > 0) {
    const from = bulkSql(trx).rows('w', { id: 'int', state: 'text' })
    await execute(trx, `update source_records set link_state = w.state from ${from} where asset_id = w.id`, [
      JSON.stringify(states),
    ])
  }
}

async function insertAssets(
  trx: SqlClient,
  changes: readonly AssetChange[],
  ids: readonly number[],
  now: string
): Promise<void> {
  await insertRows(
    trx,
    'assets',
    { id: 'int', ...columnTypes(FIELDS), search: 'text', created_at: 'time', updated_at: 'time' },
    changes.map((change, index) => ({
      id: ids[index],
      ...toRow(change, FIELDS),
      search: searchText(change),
      created_at: now,
      updated_at: now,
    }))
  )
}

/** Writes the columns that one of the changes touches: those of the others, and their indexes, are left alone. */
async function updateAssets(trx: SqlClient, changes: readonly AssetChange[], now: string): Promise<void> {
  if (changes.length === 0) {
    return
  }
  const fields = FIELDS.filter((field) => changes.some(({ after }) => field in after))
  const isFoundByOthers = changes.some(
    ({ after, replacesIdentifiers }) => replacesIdentifiers || SEARCHED_FIELDS.some((field) => field in after)
  )
  const columns: Record<string, JsonColumnType> = {
    ...columnTypes(fields),
    ...(isFoundByOthers ? { search: 'text' } : {}),
    ...(fields.includes('isActive') ? { deleted_at: 'time' } : {}),
  }
  const assignments = Object.keys(columns).map((column) => `${column} = w.${column}, `)
  const from = bulkSql(trx).rows('w', { id: 'int', base_revision: 'int', ...columns })
  const updated = await execute(
    trx,
    `update assets set ${assignments.join('')}revision = revision + 1, updated_at = ?
     from ${from} where assets.id = w.id and assets.revision = w.base_revision`,
    [
      now,
      JSON.stringify(
        changes.map((change) => ({
          id: change.assetId,
          base_revision: change.baseRevision,
          ...toRow(change, fields),
          search: isFoundByOthers ? searchText(change) : undefined,
          deleted_at: change.view.isActive ? null : now,
        }))
      ),
    ]
  )
  if (updated !== changes.length) {
    throw new ChangeIsStale(`${changes.length - updated} of ${changes.length} assets changed meanwhile`)
  }
}

function columnTypes(fields: readonly (keyof AssetView)[]): Record<string, JsonColumnType> {
  const types: Partial<Record<keyof AssetView, JsonColumnType>> = { isActive: 'bool', mergedInto: 'int' }
  return Object.fromEntries(fields.map((field) => [VIEW_COLUMNS[field], types[field] ?? 'text']))
}

function toRow({ view }: AssetChange, fields: readonly (keyof AssetView)[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [VIEW_COLUMNS[field], view[field]]))
}

function searchText({ view, identifiers }: AssetChange): string {
  return toSearchText(view, macsOf(identifiers))
}
