import { DateTime } from 'luxon'
import { NEVER_RETIRE_CANDIDATES, RETIRE_AFTER_DAYS, type PresenceFilter } from '#core/assets/asset'
import { type SearchFilter } from './asset_query.js'
import { type Sql, sql } from './sql.js'

/** Names of `assets.source` that are no source's. */
const OWN_SOURCES = ['manual', 'merged']

const OPEN_RECORDS = `source_records r where r.link_state = 'linked' and r.closed_at is null
  and r.source_id = (select s.id from sources s where s.name = ?)`

/**
 * The conditions of a filter on assets `a`, but those of its words. A source's records are either looked up for each
 * asset, right when few assets are looked at or most are of the source, or listed first, right when all must be found.
 */
export function conditionsOf(filter: SearchFilter, sourceRecords: 'lookup' | 'list'): Sql[] {
  const { types, room, source, status, presence, activeOnly } = filter
  const conditions: Sql[] = []
  if (activeOnly) {
    conditions.push(sql('a.is_active'))
  }
  if (types && types.length > 0) {
    conditions.push(sql(`a.asset_type in (${types.map(() => '?').join(', ')})`, types))
  }
  if (room !== undefined) {
    conditions.push(sql('a.room = ?', [room]))
  }
  if (status !== undefined) {
    conditions.push(sql('a.status = ?', [status]))
  }
  if (presence !== undefined) {
    conditions.push(...presenceConditions(presence))
  }
  if (source !== undefined) {
    conditions.push(sourceCondition(source, sourceRecords))
  }
  return conditions
}

/** Candidates change with the day, so that what a filter meant can be remembered for a while. */
function presenceConditions(presence: PresenceFilter): Sql[] {
  if (presence !== 'retire_candidate') {
    return [sql('a.presence = ?', [presence])]
  }
  const since = DateTime.utc().startOf('day').minus({ days: RETIRE_AFTER_DAYS }).toISO()
  const statuses = NEVER_RETIRE_CANDIDATES.map(() => '?').join(', ')
  return [
    sql(`a.presence = ? and a.status not in (${statuses})`, ['missing', ...NEVER_RETIRE_CANDIDATES]),
    sql('not exists (select 1 from source_records r where r.asset_id = a.id and r.missing_since > ?)', [since]),
  ]
}

function sourceCondition(source: string, sourceRecords: 'lookup' | 'list'): Sql {
  if (OWN_SOURCES.includes(source)) {
    return sql('a.source = ?', [source])
  }
  return sourceRecords === 'lookup'
    ? sql(`exists (select 1 from ${OPEN_RECORDS} and r.asset_id = a.id)`, [source])
    : sql(`a.id in (select r.asset_id from ${OPEN_RECORDS})`, [source])
}
