/**
 * When an asset was last read from a source, as an expression: the newest of its records' times. A record's time is the
 * end of its source's last complete run, or, once the source lists it no more, since when. Null: no source knows it.
 * Computed here so that an unchanged sync writes no asset.
 */
export function lastSynced(assetId: string): string {
  return `(select max(coalesce(r.missing_since, r.closed_at, s.last_completed_at))
    from source_records r cross join sources s
    where r.asset_id = ${assetId} and r.link_state = 'linked' and s.id = r.source_id)`
}
