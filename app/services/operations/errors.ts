import { Exception } from '@adonisjs/core/exceptions'

/** The backup is damaged, not complete or none of ours. Nothing was changed: take another one. */
export class RefusedBackup extends Exception {
  static status = 500
  static code = 'E_BACKUP_REFUSED'
  constructor(file: string, reason: string) {
    super(`The backup ${file} is refused: ${reason}`)
  }
}

/** Nothing was written, or what was written is removed again. The message says what to do. */
export class BackupFailed extends Exception {
  static status = 500
  static code = 'E_BACKUP_FAILED'
}

/** The database was left as it is. The message says what to do. */
export class RestoreRefused extends Exception {
  static status = 500
  static code = 'E_RESTORE_REFUSED'
}
