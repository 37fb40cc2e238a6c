import app from '@adonisjs/core/services/app'
import { pass, warn, type Finding } from './finding.js'
import { newestBackupAt } from './list_backups.js'

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
  const at = await newestBackupAt(folder).catch(() => null)
  if (at === null) {
    return [warn('backups', `there is none in ${folder}`, 'Look whether a worker runs, and what it logs')]
  }
  const hours = (now.getTime() - Date.parse(at)) / HOUR_MS
  const message = `the newest in ${folder} is ${hours.toFixed()} hours old`
  return hours <= PATIENCE * intervalHours
    ? [pass('backups', message)]
    : [warn('backups', message, 'Look whether a worker runs, and what it logs')]
}
