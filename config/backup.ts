import { resolve } from 'node:path'
import env from '#start/env'

/** Backups that a worker writes by itself, and where `backup:create` writes them too. */
export default {
  /** 0 for none. */
  intervalHours: env.get('BACKUP_INTERVAL_HOURS'),
  keep: env.get('BACKUP_KEEP'),
  folder: resolve(process.env.ENV_PATH ?? '.', env.get('BACKUP_FOLDER') ?? 'backups'),
}
