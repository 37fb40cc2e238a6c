import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { SourceError, type Checkpoint, type Completion, type JsonObject, type ObservationPage } from '@laim/sdk'
import { type ReadCounts, type ReadingResult, type ReadingTerms, type StoredMark } from '#core/reconcile/reading'
import { type OpenedSource } from '#services/sources/open_source'
import { type Reading } from './begin_reading.js'
import { faultPoint } from './fault_point.js'
import { readPages } from './read_pages.js'
import { sortPage, stagePage, type StageTarget } from './stage_page.js'
import { renewRun, type OwnedRun, type RunChanges } from './store/run_queries.js'
import { saveSeenBlocks } from './store/stage_queries.js'
import { lookAtGrownTables } from './store/table_statistics.js'
import { tickClock } from './store/write_clock.js'

/** Observations a page may hold; a plugin that sends more is split. */
const PAGE_SIZE = 1000

/** Above these, what was rejected makes a reading partial: a fault of mapping must not make devices missing. */
const REJECTED_SHARE = 0.05
const REJECTED_LIMIT = 500

const LARGEST_CHECKPOINT = 16 * 1024

export interface ReadTarget extends Omit<StageTarget, 'runId'> {
  readonly run: OwnedRun
  /** What the plugin remembered when the source was last read as a whole. */
  readonly since: JsonObject | undefined
  readonly stop: AbortController
  readonly idleMs: number
}

/**
 * Drains a source page by page; each page is stored with its checkpoint before the next is asked for, and the last one
 * with what the reading came to. Nothing of it touches the inventory.
 *
 * @throws whatever the source throws: a reading that throws has seen nothing. RunLost.
 */
export async function readSource(
  db: QueryClientContract,
  source: OpenedSource,
  target: ReadTarget,
  reading: Reading
): Promise<ReadingResult> {
  const { manifest } = source.plugin
  const request = { mode: 'full', pageSize: PAGE_SIZE, since: target.since, resumeAfter: reading.resumeAfter } as const
  const judge = (final: Completion | undefined): ReadingResult => ({
    ...judgeCoverage(final, reading.counts),
    impliesRemoval: manifest.capabilities.removals === 'implicit',
    mark: toMark(final?.next, reading.terms, manifest.id),
  })
  let result: ReadingResult | null = null
  let isFirst = true

  await lookAtGrownTables(db, 'claims')
  for await (const page of readPages(source, { request, stop: target.stop, idleMs: target.idleMs })) {
    for (const part of partsOf(page)) {
      const checkpoint = part.isLast && manifest.capabilities.resumable ? toText(page.checkpoint, manifest.id) : null
      const isCheckpoint = checkpoint !== null || (part.isLast && page.final !== undefined)
      const sorted = sortPage(part, target, reading.counts)
      await db.transaction(async (trx) => {
        await tickClock(trx)
        await stagePage(trx, { ...target, runId: target.run.id }, { ...sorted, isCheckpoint }, reading)
        result = part.isLast && page.final ? judge(page.final) : null
        faultPoint('page')
        await renewRun(trx, target.run, {
          ...progressOf(page, reading.counts),
          ...(isCheckpoint ? { reading: toStored(reading, result), deaths: 0 } : {}),
          ...(checkpoint === null ? {} : { checkpoint }),
        })
      })
      faultPoint('page-stored')
      await (isFirst && lookAtGrownTables(db, 'claims'))
      isFirst = false
    }
  }
  return result ?? endWithoutFinal(db, target.run, reading, judge(undefined))
}

/** The iterator just ended: what it listed counts, what it did not list says nothing. */
async function endWithoutFinal(
  db: QueryClientContract,
  run: OwnedRun,
  reading: Reading,
  result: ReadingResult
): Promise<ReadingResult> {
  await db.transaction(async (trx) => {
    await tickClock(trx)
    await renewRun(trx, run, { reading: toStored(reading, result) })
    await saveSeenBlocks(trx, run.id, reading.attempt, reading.seen.takeTouched())
  })
  return result
}

function* partsOf({ observations, rejected }: ObservationPage) {
  for (let start = 0; start === 0 || start < observations.length; start += PAGE_SIZE) {
    yield {
      observations: observations.slice(start, start + PAGE_SIZE),
      rejected: start === 0 ? rejected : undefined,
      isLast: start + PAGE_SIZE >= observations.length,
    }
  }
}

function toText(checkpoint: Checkpoint | undefined, pluginId: string): string | null {
  const text = checkpoint === undefined ? null : JSON.stringify(checkpoint)
  if (text !== null && Buffer.byteLength(text) > LARGEST_CHECKPOINT) {
    const message = `the plugin ${pluginId} sent a checkpoint or a mark of more than 16 KiB`
    throw new SourceError({ kind: 'contract', code: 'E_CHECKPOINT_TOO_LARGE', message })
  }
  return text
}

function toMark(
  next: Checkpoint | undefined,
  { checkpointVersion, baseUrl }: ReadingTerms,
  pluginId: string
): StoredMark | null {
  return toText(next, pluginId) === null ? null : { checkpointVersion, baseUrl, next: next! }
}

function progressOf({ progress }: ObservationPage, counts: ReadCounts): RunChanges {
  return {
    phase: 'reading',
    devices_found: counts.found,
    rejected: counts.rejected,
    progress_done: progress?.done ?? counts.found,
    progress_total: progress?.total ?? null,
  }
}

function toStored({ terms, counts, lastObservationId }: Reading, result: ReadingResult | null): string {
  return JSON.stringify({ ...terms, counts, lastObservationId, result })
}

function judgeCoverage(final: Completion | undefined, counts: ReadCounts): Pick<ReadingResult, 'coverage' | 'notes'> {
  const isOverLimit = counts.rejected > REJECTED_LIMIT || counts.rejected > counts.found * REJECTED_SHARE
  if (!final) {
    return { coverage: 'partial', notes: ['The reading ended before its last page'] }
  }
  if (final.coverage === 'partial') {
    return { coverage: 'partial', notes: [final.reason ?? 'The source was read in part'] }
  }
  if (counts.isPartial || isOverLimit) {
    return { coverage: 'partial', notes: [`${counts.rejected} of ${counts.found} records could not be used`] }
  }
  return { coverage: 'complete', notes: [] }
}
