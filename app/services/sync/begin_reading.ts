import logger from '@adonisjs/core/services/logger'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { type AnySourcePlugin, type JsonObject } from '@laim/sdk'
import { whyNotResume, type ReadCounts, type ReadingTerms } from '#core/reconcile/reading'
import { SeenRecords } from '#core/reconcile/seen_records'
import { type OpenedSource } from '#services/sources/open_source'
import { discardStage } from './discard_stage.js'
import {
  deleteRejects,
  forgetAfterCheckpoint,
  latestReadingSince,
  loadReading,
  type RunReading,
} from './store/reading_queries.js'
import { renewRun, type OwnedRun } from './store/run_queries.js'
import { saveReassignable } from './store/source_queries.js'
import { loadSeenBlocks } from './store/stage_queries.js'
import { tickClock } from './store/write_clock.js'

/** A reading under way: what it knows in memory. */
export interface Reading {
  /** Who was seen in another attempt does not count. */
  readonly attempt: number
  /** When the attempt began: the time of every claim in it. ISO 8601. */
  readonly readAt: string
  readonly terms: ReadingTerms
  /** Where the plugin goes on. */
  readonly resumeAfter: JsonObject | undefined
  readonly seen: SeenRecords
  /** Records that were listed before the checkpoint, and not again since. */
  readonly repeatable: SeenRecords
  readonly counts: ReadCounts
  lastObservationId: number
}

/**
 * Goes on with the reading that a former worker began, from its checkpoint and in the same attempt; or begins a new one,
 * for which nothing counts that was read before.
 */
export async function beginReading(
  db: QueryClientContract,
  run: OwnedRun,
  source: OpenedSource,
  now: Date
): Promise<Reading> {
  const terms = termsOf(source)
  const { isResumable } = traitsOf(source.plugin)
  const begun = await loadReading(db, run.id)
  if (!begun) {
    return startReading(db, run, source, { attempt: run.attempt, terms, now })
  }
  const before = { terms: begun.reading, hasCheckpoint: begun.checkpoint !== null, since: begun.since }
  const obstacle = whyNotResume(before, { ...terms, isResumable, at: now })
  logger.info({ run_id: run.id, source: run.source, obstacle }, 'a former worker of the run began to read')
  return obstacle === null
    ? resumeReading(db, run, begun)
    : startReading(db, run, source, { attempt: begun.attempt + 1, terms, now })
}

async function resumeReading(db: QueryClientContract, run: OwnedRun, begun: RunReading): Promise<Reading> {
  const { reading } = begun
  await db.transaction(async (trx) => {
    await tickClock(trx)
    await renewRun(trx, run, {
      phase: 'reading',
      devices_found: reading.counts.found,
      rejected: reading.counts.rejected,
    })
    await forgetAfterCheckpoint(trx, run.id, reading)
  })
  const blocks = await loadSeenBlocks(db, run.id, begun.attempt)
  return {
    attempt: begun.attempt,
    readAt: begun.since,
    terms: reading,
    resumeAfter: begun.checkpoint!,
    seen: SeenRecords.fromBlocks(blocks),
    repeatable: SeenRecords.fromBlocks(blocks),
    counts: { ...reading.counts },
    lastObservationId: reading.lastObservationId,
  }
}

async function startReading(
  db: QueryClientContract,
  run: OwnedRun,
  source: OpenedSource,
  { attempt, terms, now }: { attempt: number; terms: ReadingTerms; now: Date }
): Promise<Reading> {
  const latest = await latestReadingSince(db)
  const readAt = latest !== null && latest > now.toISOString() ? latest : now.toISOString()
  const counts = { found: 0, unchanged: 0, excluded: 0, rejected: 0, isPartial: false }
  const { isReassignable } = traitsOf(source.plugin)
  await db.transaction(async (trx) => {
    await tickClock(trx)
    await renewRun(trx, run, {
      phase: 'reading',
      attempt,
      reading_since: readAt,
      checkpoint: null,
      reading: JSON.stringify({ ...terms, counts, lastObservationId: 0, result: null }),
      devices_found: 0,
      rejected: 0,
      progress_done: 0,
      progress_total: null,
    })
    await deleteRejects(trx, run.id)
    await saveReassignable(trx, run.sourceId!, isReassignable)
  })
  await discardStage(db, run.id, run)
  return {
    attempt,
    readAt,
    terms,
    resumeAfter: undefined,
    seen: new SeenRecords(),
    repeatable: new SeenRecords(),
    counts,
    lastObservationId: 0,
  }
}

function termsOf({ plugin, instance }: OpenedSource): ReadingTerms {
  const { checkpointVersion, mappingVersion } = plugin.manifest
  return { checkpointVersion, mappingVersion, baseUrl: String(instance.settings.baseUrl ?? '') }
}

function traitsOf({ manifest }: AnySourcePlugin): { isResumable: boolean; isReassignable: boolean } {
  const { resumable, nativeId } = manifest.capabilities
  return { isResumable: resumable, isReassignable: nativeId === 'reassignable' }
}
