import logger from '@adonisjs/core/services/logger'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { SourceError } from '@laim/sdk'
import { DateTime } from 'luxon'
import { databaseFaultOf, type DatabaseFault } from '#database/faults'
import { toHealth, type SourceHealth } from '#services/sources/source_health'
import { onceItAnswers } from './store/once_it_answers.js'
import { closeRun, pauseRun, releaseRun, renewRun, RunLost, type OwnedRun } from './store/run_queries.js'
import { saveSourceState } from './store/source_queries.js'
import { type SqlClient } from './store/sql_client.js'
import { tickClock } from './store/write_clock.js'

/** Up to this the HTTP client waits itself. */
const SHORT_WAIT_MS = 60_000

/** A run that would last longer than this because its source is busy fails. */
const LONGEST_WAIT_MS = 24 * 3_600_000

const DATABASE_FAULTS: Record<DatabaseFault, string> = {
  unavailable: 'The connection to the database was lost: nothing of this reading was left half done; sync again',
  full: 'The disk of the database is full: free space, then sync again',
}

/**
 * Decides what becomes of a run whose work threw: it is another's by now, given back, paused until the source wants to be
 * asked again, or failed.
 *
 * @throws the error, for a run of all sources that met no fault of a source: it is given back
 */
export async function endRun(
  db: QueryClientContract,
  run: OwnedRun,
  error: unknown,
  signal: AbortSignal
): Promise<void> {
  const isLost = error instanceof RunLost || signal.reason instanceof RunLost
  const isOfAll = run.sourceId === null && run.mode !== 'undo'
  if (isLost || signal.aborted || isOfAll) {
    logger.warn(
      { run_id: run.id, source: run.source, is_lost: isLost },
      'the run was given back, cancelled or taken over'
    )
    await releaseRun(db, run)
    if (!isLost && !signal.aborted) {
      throw error
    }
    return
  }
  const fault = SourceError.is(error) ? error : null
  const databaseFault = databaseFaultOf(error)
  const ours = databaseFault
    ? DATABASE_FAULTS[databaseFault]
    : 'The run failed by a fault of LAIM; its log has the details'
  const sentence = fault?.message ?? ours
  const waitMs = fault?.kind === 'rate_limited' ? (fault.retryAfterMs ?? 0) : 0
  if (waitMs <= SHORT_WAIT_MS) {
    logger.error({ run_id: run.id, source: run.source, reason: sentence, ...traceOf(error) }, 'sync failed')
    await fail(db, run, fault ?? databaseFault, sentence)
    return
  }
  const resumeAt = DateTime.utc().plus({ milliseconds: waitMs })
  if (resumeAt.toMillis() - Date.parse(run.startedAt) > LONGEST_WAIT_MS) {
    const limit = `the source wants ${Math.ceil(waitMs / 1000)} s of silence, and a run waits no longer than a day in all`
    await fail(db, run, fault, `${sentence}: ${limit}`)
    return
  }
  await pause(db, run, sentence, resumeAt.toISO())
}

/** A fault of the database says nothing about the source. */
async function fail(
  db: QueryClientContract,
  run: OwnedRun,
  fault: SourceError | DatabaseFault | null,
  sentence: string
): Promise<void> {
  const now = DateTime.utc().toISO()
  const ofSource = SourceError.is(fault) ? fault : null
  const health = ofSource ? toHealth(ofSource) : fault === null ? 'plugin_fault' : null
  await ifOurs(db, run, async (trx) => {
    const end = { status: 'failed', errors: [sentence], failureKind: ofSource?.kind ?? 'internal' } as const
    await closeRun(trx, run, end, now)
    await rememberHealth(trx, run, health, sentence, now)
  })
}

async function pause(db: QueryClientContract, run: OwnedRun, sentence: string, resumeAt: string): Promise<void> {
  logger.warn({ run_id: run.id, source: run.source, reason: sentence, resume_at: resumeAt }, 'sync paused')
  await ifOurs(db, run, async (trx) => {
    await pauseRun(trx, run, { resumeAt, errors: [`${sentence}. It goes on at ${resumeAt}`] })
    await rememberHealth(trx, run, 'throttled', sentence, DateTime.utc().toISO())
  })
}

/**
 * Does it in a transaction that proves the run first; a run that was lost meanwhile is left alone. A database that is away
 * is waited for a while.
 */
async function ifOurs(db: QueryClientContract, run: OwnedRun, work: (trx: SqlClient) => Promise<void>): Promise<void> {
  try {
    await onceItAnswers(() =>
      db.transaction(async (trx) => {
        await tickClock(trx)
        await renewRun(trx, run)
        await work(trx)
      })
    )
  } catch (error) {
    if (!(error instanceof RunLost)) {
      throw error
    }
  }
}

async function rememberHealth(
  trx: SqlClient,
  run: OwnedRun,
  health: SourceHealth | null,
  message: string,
  now: string
): Promise<void> {
  if (health !== null && run.sourceId !== null) {
    const state = { runId: run.id, health, message, baseline: null, isComplete: false }
    await saveSourceState(trx, run.sourceId, state, now)
  }
}

/** Where a fault of our own came from. A database's message repeats the statement with its values: it is cut. */
function traceOf(error: unknown): { cause?: string; stack?: string } {
  if (SourceError.is(error) || !(error instanceof Error)) {
    return {}
  }
  const lines = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? []
  return { cause: error.message.slice(-200), stack: lines.join('\n') }
}
