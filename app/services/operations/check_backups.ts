import app from '@adonisjs/core/services/app'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { glanceAtManifest } from './backup_manifest.js'
import { pass, warn, type Finding } from './finding.js'
import { newestBackup } from './list_backups.js'

const HOUR_MS = 3_600_000

/** One that failed is tried again within the hour, so that two intervals without one mean that somebody must look. */
const PATIENCE = 2

/** Nothing where no worker writes backups by itself. */
export async function checkBackups(now: Date = new Date()): Promise<Finding[]> {
  const intervalHours = app.config.get<number>('backup.intervalHours')
  const folder = app.config.get<string>('backup.folder')
  if (intervalHours === 0) {
    return []
  }
  const newest = await newestBackup(folder).catch(() => null)
  if (newest === null) {
    return [warn('backups', `there is none in ${folder}`, 'Look whether a worker runs, and what it logs')]
  }
  const hours = (now.getTime() - Date.parse(newest.at)) / HOUR_MS
  const message = `the newest in ${folder} is ${hours.toFixed()} hours old`
  return hours <= PATIENCE * intervalHours
    ? [pass('backups', message)]
    : [warn('backups', message, 'Look whether a worker runs, and what it logs')]
}

/**
 * The history only grows: a database that has less of it than its newest backup lost something, as a SQLite file does that
 * was copied without the log beside it. Nothing where that is not so, or where there is no backup.
 */
export async function checkHistory(client: SqlClient): Promise<Finding[]> {
  const newest = await newestBackup(app.config.get<string>('backup.folder')).catch(() => null)
  const manifest = newest && (await glanceAtManifest(newest.file))
  const known = manifest?.counts.change_sets ?? 0
  const [row] = await selectRows<{ total: number }>(client, 'select count(*) as total from change_sets')
  const total = Number(row!.total)
  if (known <= total) {
    return []
  }
  const message = `holds ${total} change sets and is older than its newest backup, which holds ${known}`
  const fix = 'If nobody restored an older one, the file was copied without its -wal: restore the newest backup'
  return [warn('history', message, fix)]
}
