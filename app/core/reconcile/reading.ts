import { type JsonObject } from '@laim/sdk'

/** After this long a reading begins anew: what it saw first says too little about now. */
const LONGEST_READING_MS = 6 * 3_600_000

/** What a reading counted so far. Members of a stack are observations, but no devices of their own in the list. */
export interface ReadCounts {
  found: number
  unchanged: number
  excluded: number
  rejected: number
  isPartial: boolean
}

/** What a reading came to when it ended. */
export interface ReadingResult {
  readonly coverage: 'complete' | 'partial'
  /** True when absence from the source's list means something. */
  readonly impliesRemoval: boolean
  /** Sentences about the reading. */
  readonly notes: readonly string[]
  /** What the plugin wants to remember for the next reading. Null for nothing. */
  readonly mark: StoredMark | null
}

/** What must be the same for a checkpoint to mean the same. */
export interface ReadingTerms {
  readonly checkpointVersion: number
  readonly mappingVersion: number
  /** Where the source is: another address is another source. Empty for a stand-in. */
  readonly baseUrl: string
}

/** What a plugin wants to remember of a source, and what must be the same for it to mean the same. */
export interface StoredMark extends Pick<ReadingTerms, 'checkpointVersion' | 'baseUrl'> {
  readonly next: JsonObject
}

/** What a run remembers of its reading at a checkpoint, and at the end. */
export interface StoredReading extends ReadingTerms {
  readonly counts: ReadCounts
  /** Observations with a higher id were staged after the checkpoint. */
  readonly lastObservationId: number
  /** Null while it reads. */
  readonly result: ReadingResult | null
}

/** A reading that a former worker of the run began. */
export interface BegunReading {
  readonly terms: ReadingTerms
  readonly hasCheckpoint: boolean
  readonly since: string
}

/** Why a reading cannot go on from its checkpoint, for the log; null when it can. */
export function whyNotResume(
  begun: BegunReading,
  now: ReadingTerms & { readonly isResumable: boolean; readonly at: Date }
): string | null {
  if (!now.isResumable) {
    return 'the plugin cannot go on where it was'
  }
  if (!begun.hasCheckpoint) {
    return 'it has no checkpoint yet'
  }
  if (begun.terms.checkpointVersion !== now.checkpointVersion) {
    return 'the checkpoint is of another version of the plugin'
  }
  if (begun.terms.mappingVersion !== now.mappingVersion) {
    return 'the plugin maps records another way by now'
  }
  if (begun.terms.baseUrl !== now.baseUrl) {
    return 'the source has another address by now'
  }
  const age = now.at.getTime() - Date.parse(begun.since)
  return age >= LONGEST_READING_MS ? 'it began more than six hours ago' : null
}
