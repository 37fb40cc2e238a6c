import { classify, toEvidence } from '#core/assets/classify'
import { type SourceRecord } from './types.js'

/** The asset type that a record's own words tell, or undefined when they do not tell one. */
export function classifyRecord({ observation }: SourceRecord): string | undefined {
  const type = classify(toEvidence(observation.hints, observation.claims))
  return type === 'Unknown' ? undefined : type
}
