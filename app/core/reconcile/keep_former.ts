import { type ClaimValues, type RecordObservation } from './types.js'

const IDENTITY_CLAIMS = ['serialNumber', 'macAddress'] as const

/** A new observation with the identity of the former one: its evidence is that of another device. */
export function keepIdentity(staged: RecordObservation, former: RecordObservation): RecordObservation {
  const claims: ClaimValues = { ...staged.claims }
  for (const field of IDENTITY_CLAIMS) {
    delete claims[field]
    if (former.claims[field] !== undefined) {
      claims[field] = former.claims[field]
    }
  }
  return { ...staged, claims, identifiers: former.identifiers }
}

/**
 * A new observation of a reading in part: what it leaves out stays as it was. Null when it leaves out nothing. The hash
 * goes, so that the next complete reading decides again.
 */
export function keepOmitted(staged: RecordObservation, former: RecordObservation): RecordObservation | null {
  const claims = { ...former.claims, ...staged.claims }
  const said = new Set(staged.identifiers.map(({ kind, role }) => `${kind} ${role}`))
  const omitted = former.identifiers.filter(({ kind, role }) => !said.has(`${kind} ${role}`))
  const keepsAll = Object.keys(claims).length === Object.keys(staged.claims).length && omitted.length === 0
  return keepsAll ? null : { ...staged, claims, identifiers: [...staged.identifiers, ...omitted], contentHash: null }
}
