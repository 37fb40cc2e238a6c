import { Exception } from '@adonisjs/core/exceptions'
import { type FieldFault } from '#core/assets/errors'

/** One fault of a file: where it is, counted from 1; null where it concerns the file or the whole line. */
export interface ImportFault extends FieldFault {
  readonly line: number | null
  readonly column: number | null
}

/** The file cannot be imported; nothing of it was. Put right what is listed and send it again. */
export class ImportRefused extends Exception {
  static status = 422
  static code = 'E_IMPORT_REFUSED'
  readonly faults: readonly ImportFault[]
  constructor(message: string, faults: readonly ImportFault[]) {
    super(message)
    this.faults = faults
  }
}

/** A file that cannot be read as CSV, with what to do about it. */
export function unreadable(rule: string, message: string, line: number | null = null): ImportRefused {
  const place = line === null ? '' : `Line ${line}: `
  return new ImportRefused(message, [{ field: 'file', message: `${place}${message}`, rule, line, column: null }])
}

/** The key was used for another request already: use a new one for each. */
export class KeyReused extends Exception {
  static status = 422
  static code = 'E_IDEMPOTENCY_KEY_REUSED'
  readonly faults: readonly FieldFault[]
  constructor() {
    const message = 'This Idempotency-Key was used for another request: use a new key for each'
    super(message)
    this.faults = [{ field: 'Idempotency-Key', message, rule: 'reused' }]
  }
}

/** The first request with this key is still being worked on: ask again in a moment. */
export class KeyInUse extends Exception {
  static status = 409
  static code = 'E_IDEMPOTENCY_KEY_IN_USE'
  static message = 'The first request with this Idempotency-Key is still being worked on: try again in a moment'
  readonly retryAfter = 1
}

/** What the request made is there, and its secret was told once: only a new one can be made. */
export class SecretTold extends Exception {
  static status = 409
  static code = 'E_SECRET_TOLD'
  static message =
    'The request with this Idempotency-Key was done, and its answer held a secret that is told only once. ' +
    'If it is lost, remove what was made and send the request with a new key'
}
