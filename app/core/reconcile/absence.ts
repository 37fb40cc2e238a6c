import { type SeenRecords } from './seen_records.js'

/** A complete run and what it listed. */
export interface ListedRun {
  /** ISO 8601. */
  readonly endedAt: string
  readonly listed: Pick<SeenRecords, 'has' | 'count'>
}

/** A record with how often it was not listed, and since when. */
export interface Absence {
  readonly id: number
  readonly missedRuns: number
  readonly missingSince: string
}

/**
 * Counts, for records that the last of these runs did not list, the runs in a row that left them out. What was counted
 * before these runs counts on. `runs` are in the order in which they ended.
 */
export function countAbsences(
  records: readonly { readonly id: number; readonly missedRuns: number; readonly missingSince: string | null }[],
  runs: readonly ListedRun[]
): Absence[] {
  return records.flatMap((record) => {
    const listedIn = runs.findLastIndex((run) => run.listed.has(record.id))
    const missed = runs.slice(listedIn + 1)
    if (missed.length === 0) {
      return []
    }
    const isCountedOn = listedIn === -1
    return [
      {
        id: record.id,
        missedRuns: missed.length + (isCountedOn ? record.missedRuns : 0),
        missingSince: (isCountedOn ? record.missingSince : null) ?? missed[0]!.endedAt,
      },
    ]
  })
}
