import { Exception } from '@adonisjs/core/exceptions'

/** The body is not of the type that the route reads. Send it as JSON with that content type. */
export class UnsupportedMediaType extends Exception {
  static status = 415
  static code = 'E_UNSUPPORTED_MEDIA_TYPE'
  static message = 'The body must be JSON, sent with Content-Type: application/json'
}
