import { inject } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import scheduler from 'adonisjs-scheduler/services/main'
import { Worker } from 'adonisjs-scheduler'
import { isDue, judgeTurn, type Turn } from '#core/reconcile/schedule'
import { RunActive, SourceNotConfigured } from '#core/reconcile/errors'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { ALL_SOURCES } from '#services/sources/define_config'
import { busySources, loadEndedRuns, loadLatestRun } from './store/schedule_queries.js'
import { TriggerSync, type SyncRequest } from './trigger_sync.js'

const HOUR_MS = 3_600_000

const BY_SCHEDULE = { trigger: 'schedule', actor: { userId: null, name: 'schedule' } } as const

interface SourceTurn {
  readonly name: string
  readonly turn: Turn
  readonly lastRunId: number | null
}

/**
 * Queues a run of all sources when the last one is old enough, and between those the sources that failed, ever later. It
 * looks every minute and decides by the history, not by the clock's minute: slots missed while no worker was there are
 * made up for once. Each slot has a name that is unique in the database, so that many workers queue one run.
 */
@inject()
export class SyncSchedule {
  #worker: Worker | null = null

  constructor(
    private triggerSync: TriggerSync,
    private sources: ConfiguredSources
  ) {}

  start(): void {
    if (!app.config.get<boolean>('sources.schedule.isEnabled')) {
      return
    }
    scheduler
      .call(() => this.queueWhenDue())
      .everyMinute()
      .immediate()
    this.#worker = new Worker(app)
    void this.#worker.start()
  }

  async stop(): Promise<void> {
    await this.#worker?.stop()
  }

  /** Answers the ids of the runs it queued; none when none was due. */
  async queueWhenDue(now: Date = new Date()): Promise<number[]> {
    const intervalMs = app.config.get<number>('sources.schedule.intervalHours') * HOUR_MS
    const latest = await loadLatestRun(db.connection())
    if (latest?.isUnderWay) {
      return []
    }
    const turns = await this.#turns()
    const isReady = ({ turn }: SourceTurn) =>
      turn.kind === 'healthy' || (turn.kind === 'failing' && Date.parse(turn.notBefore) <= now.getTime())
    const ready = turns.filter(isReady)
    if (isDue(latest?.queuedAt ?? null, intervalMs, now)) {
      const only = new Set(ready.map(({ name }) => name))
      const slot = `all after ${latest?.id ?? 0}`
      return only.size > 0 ? this.#queue({ ...BY_SCHEDULE, source: ALL_SOURCES, only, slot }) : []
    }
    const queued: number[] = []
    for (const { name, turn, lastRunId } of ready) {
      if (turn.kind === 'failing') {
        queued.push(...(await this.#queue({ ...BY_SCHEDULE, source: name, slot: `again after ${lastRunId}` })))
      }
    }
    return queued
  }

  /** The sources that nobody reads just now, each with what its history says. */
  async #turns(): Promise<SourceTurn[]> {
    const busy = await busySources(db.connection())
    const free = this.sources.active().filter(({ name }) => !busy.has(name))
    return Promise.all(
      free.map(async ({ name }) => {
        const runs = await loadEndedRuns(db.connection(), name)
        return { name, turn: judgeTurn(runs), lastRunId: runs[0]?.id ?? null }
      })
    )
  }

  async #queue(request: SyncRequest): Promise<number[]> {
    try {
      const { runId } = await this.triggerSync.handle(request)
      return [runId]
    } catch (error) {
      if (error instanceof RunActive) {
        logger.info({ reason: error.message, run_id: error.runId }, 'scheduled sync skipped')
        return []
      }
      if (error instanceof SourceNotConfigured) {
        logger.debug({ reason: error.message }, 'no scheduled sync')
        return []
      }
      throw error
    }
  }
}
