import { Exception } from '@adonisjs/core/exceptions'

/** The body has more bytes than are read here. Send it in parts. */
export class RequestTooLarge extends Exception {
  static status = 413
  static code = 'E_REQUEST_TOO_LARGE'
}
