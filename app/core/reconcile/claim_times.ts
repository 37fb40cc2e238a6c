import { CLAIMED_FIELDS } from '#core/assets/asset'
import { type RecordObservation } from './types.js'

/** Since when claims stand: those that a new observation repeats keep their time. */
export function unchangedSince(
  observation: Pick<RecordObservation, 'claims'>,
  former: RecordObservation
): RecordObservation['claimedAt'] {
  const times: Partial<Record<(typeof CLAIMED_FIELDS)[number], string>> = {}
  for (const field of CLAIMED_FIELDS) {
    const claim = observation.claims[field]
    if (claim !== undefined && claim === former.claims[field]) {
      times[field] = former.claimedAt[field] ?? former.readAt
    }
  }
  return times
}
