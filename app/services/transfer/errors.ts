import { Exception } from '@adonisjs/core/exceptions'

/** The rows could not be transferred, and the target is as it was. The message says what to do. */
export class TransferFailed extends Exception {
  static status = 500
  static code = 'E_TRANSFER_FAILED'
}
