import { Exception } from '@adonisjs/core/exceptions'

/** No source has this name. The caller shows the names there are. */
export class UnknownSource extends Exception {
  static status = 422
  static code = 'E_UNKNOWN_SOURCE'
  readonly faults: readonly { field: string; message: string; rule: string }[]
  constructor(name: string, known: readonly string[]) {
    const message = `There is no source "${name}"; known are: ${known.join(', ') || 'none'}`
    super(message)
    this.faults = [{ field: 'source', message, rule: 'exists' }]
  }
}
