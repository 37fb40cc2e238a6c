import db from '@adonisjs/lucid/services/db'

/** What people see of the inventory, with links and pins: everything that taking back must restore. */
export async function inventory() {
  const assets = await db
    .from('assets')
    .orderBy('id')
    .select('id', 'hostname', 'asset_type', 'serial_number', 'mac_address', 'asset_tag', 'room', 'notes', 'status')
    .select('presence', 'ip_address', 'vendor', 'model', 'firmware_version', 'source', 'source_ref', 'origin')
    .select('is_active', 'merged_into', 'search')
  const records = await db
    .from('source_records')
    .orderBy('id')
    .select('id', 'asset_id', 'link_state', 'link_rule', 'missed_runs', 'missing_since', 'closed_at')
  const active = assets.filter((asset) => asset.is_active).map((asset) => asset.id)
  return {
    assets: assets.filter((asset) => asset.is_active || asset.merged_into),
    records: records.filter((record) => !record.closed_at),
    identifiers: await db
      .from('asset_identifiers')
      .whereIn('asset_id', active)
      .orderBy(['asset_id', 'kind', 'value'])
      .select('asset_id', 'kind', 'value', 'strength', 'origin'),
    pins: await db.from('pins').orderBy(['asset_id', 'field']).select('asset_id', 'field', 'value', 'until'),
  }
}
