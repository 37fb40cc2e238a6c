import { hash } from 'node:crypto'
import { type NormalObservation } from './types.js'

/** Bumped when normalising changes, so that every record is planned once more. */
const NORMALISER_VERSION = 1

/**
 * 22 characters that are equal exactly when the observation says the same. Times, links and the raw record are outside:
 * an uptime counter must not make every record "changed".
 */
export function contentHash(
  observation: Pick<NormalObservation, 'claims' | 'identifiers' | 'hints' | 'partOf'>,
  mappingVersion: number
): string {
  const claims = Object.entries(observation.claims).sort(([a], [b]) => (a < b ? -1 : 1))
  const identifiers = observation.identifiers
    .map((identifier) => `${identifier.kind} ${identifier.value} ${identifier.role}`)
    .sort()
  const hints = observation.hints.map((hint) => `${hint.kind} ${hint.value}`).sort()
  const canonical = JSON.stringify([NORMALISER_VERSION, mappingVersion, claims, identifiers, hints, observation.partOf])
  return hash('sha256', canonical, 'base64url').slice(0, 22)
}
