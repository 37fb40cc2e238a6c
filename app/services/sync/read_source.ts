import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { SourceError, type DiscoverRequest, type ObservationPage } from '@laim/sdk'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { type OpenedSource } from '#services/sources/open_source'
import { stagePage, type ReadCounts, type StageTarget } from './stage_page.js'
import { renewRun, type OwnedRun } from './store/run_queries.js'
import { tickClock } from './store/write_clock.js'

/** Observations a page may hold; a plugin that sends more is split. */
export const PAGE_SIZE = 500

/** Above these, what was rejected makes a reading partial: a fault of mapping must not make devices missing. */
const REJECTED_SHARE = 0.05
const REJECTED_LIMIT = 500

/** What a reading gave. `reason` is a sentence when it was not complete. */
export interface ReadOutcome {
  readonly coverage: 'complete' | 'partial'
  readonly reason: string | null
  readonly counts: ReadCounts
}

export interface ReadTarget extends Omit<StageTarget, 'runId' | 'attempt'> {
  readonly run: OwnedRun
  readonly seen: SeenRecords
  readonly signal: AbortSignal
}

/**
 * Drains a source page by page; each page is stored before the next is asked for. Nothing of it touches the inventory.
 *
 * @throws whatever the source throws: a reading that throws has seen nothing.
 */
export async function readSource(
  db: QueryClientContract,
  source: OpenedSource,
  target: ReadTarget
): Promise<ReadOutcome> {
  const counts: ReadCounts = { found: 0, unchanged: 0, excluded: 0, rejected: 0, isPartial: false }
  const stage: StageTarget = { ...target, runId: target.run.id, attempt: target.run.attempt }
  const request: DiscoverRequest = { mode: 'full', pageSize: PAGE_SIZE }
  let final: { coverage: 'complete' | 'partial'; reason?: string } | undefined

  for await (const page of pagesOf(source, request)) {
    target.signal.throwIfAborted()
    if (final) {
      throw new SourceError({
        kind: 'contract',
        code: 'E_PAGE_AFTER_FINAL',
        message: `the plugin ${source.plugin.manifest.id} sent a page after its last one`,
      })
    }
    for (let start = 0; start === 0 || start < page.observations.length; start += PAGE_SIZE) {
      const observations = page.observations.slice(start, start + PAGE_SIZE)
      const rejected = start === 0 ? page.rejected : undefined
      await db.transaction(async (trx) => {
        await tickClock(trx)
        await stagePage(trx, stage, { observations, rejected }, target.seen, counts)
        await renewRun(trx, target.run, {
          phase: 'reading',
          devices_found: counts.found,
          rejected: counts.rejected,
          progress_done: page.progress?.done ?? counts.found,
          progress_total: page.progress?.total ?? null,
        })
      })
    }
    final = page.final
  }
  return { ...judgeCoverage(final, counts), counts }
}

/** The plugin's pages; what it throws becomes an error that says whose fault it is, without secrets. */
async function* pagesOf(source: OpenedSource, request: DiscoverRequest): AsyncGenerator<ObservationPage> {
  const pages = source.plugin.discover(source.context, request)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await pages.next().catch((error: unknown) => {
        throw source.toSourceError(error)
      })
      if (next.done) {
        return
      }
      yield next.value
    }
  } finally {
    await pages.return?.().catch(() => undefined)
  }
}

function judgeCoverage(
  final: { coverage: 'complete' | 'partial'; reason?: string } | undefined,
  counts: ReadCounts
): Pick<ReadOutcome, 'coverage' | 'reason'> {
  const isOverLimit = counts.rejected > REJECTED_LIMIT || counts.rejected > counts.found * REJECTED_SHARE
  if (!final) {
    return { coverage: 'partial', reason: 'The reading ended before its last page' }
  }
  if (final.coverage === 'partial') {
    return { coverage: 'partial', reason: final.reason ?? 'The source was read in part' }
  }
  if (counts.isPartial || isOverLimit) {
    const reason = `${counts.rejected} of ${counts.found} records could not be used`
    return { coverage: 'partial', reason }
  }
  return { coverage: 'complete', reason: null }
}
