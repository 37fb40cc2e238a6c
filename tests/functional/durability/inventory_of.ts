import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { fromJson } from '#database/columns'

type Row = Record<string, unknown>

/** Everything that a sync leaves behind, without ids and times: equal for equal outcomes. */
export async function inventoryOf(client: QueryClientContract): Promise<Record<string, unknown[]>> {
  const [assets, identifiers, records, current, changes, reviews, staged] = await Promise.all([
    client.from('assets').orderBy('hostname'),
    client
      .from('asset_identifiers as i')
      .join('assets as a', 'a.id', 'i.asset_id')
      .select('a.hostname', 'i.kind', 'i.value', 'i.strength', 'i.origin')
      .orderBy(['a.hostname', 'i.kind', 'i.value']),
    client
      .from('source_records as r')
      .leftJoin('assets as a', 'a.id', 'r.asset_id')
      .join('sources as s', 's.id', 'r.source_id')
      .select('s.name', 'r.native_id', 'a.hostname', 'r.content_hash', 'r.link_state', 'r.link_rule', 'r.missed_runs')
      .orderBy(['s.name', 'r.native_id', 'a.hostname']),
    client
      .from('observations as o')
      .join('source_records as r', 'r.observation_id', 'o.id')
      .select('r.native_id', 'o.claims', 'o.content_hash')
      .orderBy(['r.native_id', 'o.content_hash']),
    client
      .from('changes as c')
      .join('assets as a', 'a.id', 'c.asset_id')
      .select('a.hostname', 'c.action', 'c.before', 'c.after')
      .orderBy(['a.hostname', 'c.id']),
    client.from('reviews').select('kind', 'state').orderBy(['kind', 'id']),
    client
      .from('observations')
      .whereNotIn('id', client.from('source_records').whereNotNull('observation_id').select('observation_id')),
  ])
  return {
    assets: assets.map(withoutTimes),
    identifiers,
    records,
    claims: current.map((row: Row) => ({ ...row, claims: fromJson(row.claims) })),
    changes: changes.map((row: Row) => ({ ...row, before: fromJson(row.before), after: fromJson(row.after) })),
    reviews,
    staged,
  }
}

function withoutTimes({ id: _id, created_at: _created, updated_at: _updated, ...row }: Row): Row {
  return row
}
