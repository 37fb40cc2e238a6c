import { Exception } from '@adonisjs/core/exceptions'

/** No source has this name. The caller shows the names there are. */
export class UnknownSource extends Exception {
  static status = 422
  static code = 'E_UNKNOWN_SOURCE'
  constructor(name: string, known: readonly string[]) {
    super(`There is no source "${name}"; known are: ${known.join(', ') || 'none'}`)
  }
}
