import { Exception } from '@adonisjs/core/exceptions'

/** The source (or, for `all`, every source) lacks its settings. The message names the variables to set. */
export class SourceNotConfigured extends Exception {
  static status = 422
  static code = 'E_SOURCE_NOT_CONFIGURED'
}

/** A run of this source is queued or running. `runId` is that run. */
export class RunActive extends Exception {
  static status = 409
  static code = 'E_RUN_ACTIVE'
  readonly runId: number
  constructor(source: string, runId: number) {
    super(`A sync of ${source} is already running (run ${runId})`)
    this.runId = runId
  }
}

/** There is no run with this id. */
export class RunNotFound extends Exception {
  static status = 404
  static code = 'E_RUN_NOT_FOUND'
  constructor(id: number | string) {
    super(`There is no sync run ${id}`)
  }
}
