import { Exception } from '@adonisjs/core/exceptions'

/** The address names a source that is not configured here. `GET /api/sources` lists those that are. */
export class SourceNotFound extends Exception {
  static status = 404
  static code = 'E_SOURCE_NOT_FOUND'
  constructor(name: string) {
    super(`There is no source ${name}`)
  }
}
