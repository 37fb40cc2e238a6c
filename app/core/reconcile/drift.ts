/**
 * What a linked record's new evidence says about its old identity.
 * `same`: the same box. `replaced`: its key was given to other hardware, so the record starts anew.
 * `drift`: a key that never moves reports another device: a person must look, identity stays as it was.
 */
export type Drift = 'same' | 'replaced' | 'drift'

/** What proves who a record is: the strong values, as `kind value`, that it has, and that a run staged for it. */
export interface StrongValues {
  readonly former: Set<string>
  readonly staged: Set<string>
}

/** Compares a record's staged evidence with what it replaces. Nothing strong on either side proves nothing. */
export function judgeDrift({ former, staged }: StrongValues, isReassignable: boolean): Drift {
  if (former.size === 0 || staged.size === 0 || !staged.isDisjointFrom(former)) {
    return 'same'
  }
  if (isReassignable) {
    return 'replaced'
  }
  const hasSerials = [former, staged].every((values) => [...values].some((value) => value.startsWith('serial ')))
  return hasSerials ? 'drift' : 'same'
}
