import { type EvidenceIdentifier, type SourceRecord } from './types.js'

/**
 * What a linked record's new evidence says about its old identity.
 * `same`: the same box. `replaced`: its key was given to other hardware, so the record starts anew.
 * `drift`: a key that never moves reports another device: a person must look, identity stays as it was.
 */
export type Drift = 'same' | 'replaced' | 'drift'

/** Compares a record's staged evidence with what it replaces. Nothing strong on either side proves nothing. */
export function judgeDrift(record: SourceRecord, isReassignable: boolean): Drift {
  const [former, staged] = [strong(record.former?.identifiers ?? []), strong(record.observation.identifiers)]
  if (former.size === 0 || staged.size === 0 || [...staged].some((value) => former.has(value))) {
    return 'same'
  }
  if (isReassignable) {
    return 'replaced'
  }
  const hasSerials = [former, staged].every((values) => [...values].some((value) => value.startsWith('serial ')))
  return hasSerials ? 'drift' : 'same'
}

function strong(identifiers: readonly EvidenceIdentifier[]): Set<string> {
  return new Set(
    identifiers.flatMap(({ kind, value, strength }) => (strength === 'strong' ? [`${kind} ${value}`] : []))
  )
}
