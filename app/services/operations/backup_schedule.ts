import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { isDue } from '#core/reconcile/schedule'
import { Lease } from '#services/sync/lease'
import { CreateBackup, type BackupReport } from './create_backup.js'
import { newestBackup } from './list_backups.js'

const LOOK_EVERY_MS = 60_000
const HOUR_MS = 3_600_000

/**
 * Writes a backup when the newest one of the folder is old enough, whoever wrote that. Any number of workers may look: one
 * writes at a time, and looks again when it may.
 */
@inject()
export class BackupSchedule {
  constructor(private createBackup: CreateBackup) {}

  /** Looks every minute until the signal aborts, an hour later after a failure. A backup under way is then given up. */
  async work(signal: AbortSignal): Promise<void> {
    const isEnabled = app.config.get<number>('backup.intervalHours') > 0
    while (isEnabled && !signal.aborted) {
      const pauseMs = await this.#look(signal)
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Null when none was due, or another process writes one. */
  async backUpWhenDue(signal?: AbortSignal, now: Date = new Date()): Promise<BackupReport | null> {
    const folder = app.config.get<string>('backup.folder')
    const intervalMs = app.config.get<number>('backup.intervalHours') * HOUR_MS
    const isOld = async () => {
      const newest = await newestBackup(folder)
      return isDue(newest?.at ?? null, intervalMs, now)
    }
    if (!(await isOld())) {
      return null
    }
    const lease = await Lease.take(db.connection(), 'backup')
    if (!lease) {
      return null
    }
    try {
      const keep = app.config.get<number>('backup.keep')
      return (await isOld()) ? await this.createBackup.handle(folder, keep, { now, signal }) : null
    } finally {
      await lease.release()
    }
  }

  /** Answers when to look again, in milliseconds. */
  async #look(signal: AbortSignal): Promise<number> {
    try {
      const report = await this.backUpWhenDue(signal)
      if (report) {
        logger.info({ file: report.file, removed: report.removed.length }, 'backup written')
      }
      return LOOK_EVERY_MS
    } catch (error) {
      if (!signal.aborted) {
        logger.error({ err: error }, 'no backup was written; it is tried again in an hour')
      }
      return HOUR_MS
    }
  }
}
