import { Exception } from '@adonisjs/core/exceptions'
import { type FieldFault } from './errors.js'

/** There is a room or an asset type of this name already; capitals make no difference. */
export class NameTaken extends Exception {
  static status = 409
  static code = 'E_NAME_TAKEN'
  readonly faults: readonly FieldFault[]
  constructor(taken: string) {
    const message = `There is already one named ${taken}`
    super(message)
    this.faults = [{ field: 'name', message, rule: 'unique' }]
  }
}
