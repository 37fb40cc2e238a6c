import { inject } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import scheduler from 'adonisjs-scheduler/services/main'
import { Worker } from 'adonisjs-scheduler'
import { DateTime } from 'luxon'
import { toIso } from '#database/columns'
import { RunActive, SourceNotConfigured } from '#core/reconcile/errors'
import { ALL_SOURCES } from '#services/sources/define_config'
import { selectRows } from './store/sql_client.js'
import { TriggerSync } from './trigger_sync.js'

const ACTOR = { userId: null, name: 'schedule' }

/**
 * Queues a run of all sources when the last one is old enough. It looks every minute and decides by the history, not by
 * the clock's minute: a slot missed while the worker was down is made up for once, and two workers queue one run.
 */
@inject()
export class SyncSchedule {
  #worker: Worker | null = null

  constructor(private triggerSync: TriggerSync) {}

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

  /** Answers the id of the run it queued, or null when none was due. */
  async queueWhenDue(): Promise<number | null> {
    const intervalHours = app.config.get<number>('sources.schedule.intervalHours')
    const last = await lastQueuedAt()
    const isDue = last === null || DateTime.fromISO(last).plus({ hours: intervalHours }) <= DateTime.utc()
    if (!isDue) {
      return null
    }
    try {
      const { runId } = await this.triggerSync.handle({ source: ALL_SOURCES, trigger: 'schedule', actor: ACTOR })
      return runId
    } catch (error) {
      if (error instanceof RunActive || error instanceof SourceNotConfigured) {
        logger.debug({ reason: error.message }, 'no scheduled sync')
        return null
      }
      throw error
    }
  }
}

/** When a sync of all sources was last queued, whoever asked for it. */
async function lastQueuedAt(): Promise<string | null> {
  const [row] = await selectRows<{ queued_at: unknown }>(
    db.connection(),
    `select queued_at from sync_runs where source = 'all' order by id desc limit 1`
  )
  return toIso(row?.queued_at)
}
