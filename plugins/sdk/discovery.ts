import type { JsonObject } from './json.ts'
import type { DiscoverMode } from './manifest.ts'
import type { Observation, RejectedRecord } from './observation.ts'

/** Where a read may be continued: at most 16 KiB of JSON. */
export type Checkpoint = JsonObject

export interface DiscoverRequest<K extends Checkpoint = Checkpoint> {
  readonly mode: DiscoverMode
  /**
   * The `next` mark of the last reading that was complete and whose absences were believed. Incremental: where to go on. Full:
   * what the plugin wants to remember, such as whom it asked for details. Undefined before the first.
   */
  readonly since?: K
  /** Resume of this very run after a crash: the last persisted page checkpoint. */
  readonly resumeAfter?: K
  /** Upper bound for observations per page. */
  readonly pageSize: number
}

export interface ObservationPage<K extends Checkpoint = Checkpoint> {
  readonly observations: readonly Observation[]
  /** Native ids the source says are gone (removals: `explicit`). */
  readonly removed?: readonly string[]
  /** Records that could not be mapped. They count as SEEN when nativeId is given. */
  readonly rejected?: readonly RejectedRecord[]
  /** Where to resume AFTER this page. Core persists it in the same transaction as the page. */
  readonly checkpoint?: K
  readonly progress?: { readonly done: number; readonly total?: number }
  /** On the last page only. A run without it is incomplete, whatever else happened. */
  readonly final?: Completion<K>
}

export interface Completion<K extends Checkpoint = Checkpoint> {
  /** `complete` licenses the search for what is missing. `partial` never does. */
  readonly coverage: 'complete' | 'partial'
  readonly reason?: string
  /** What the next run gets as `since`, at most 16 KiB. A high-water mark is taken at the START of the read, not the end. */
  readonly next?: K
}
