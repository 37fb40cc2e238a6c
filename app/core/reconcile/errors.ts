import { Exception } from '@adonisjs/core/exceptions'
import { type FieldFault } from '#core/assets/errors'

/** The source (or, for `all`, every source) lacks its settings. The message names the variables to set. */
export class SourceNotConfigured extends Exception {
  static status = 422
  static code = 'E_SOURCE_NOT_CONFIGURED'
  readonly faults: readonly FieldFault[] = [{ field: 'source', message: this.message, rule: 'configured' }]
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

/** The hash is not that of the plan: look at the plan again, it may be another by now. */
export class PlanHashDiffers extends Exception {
  static status = 409
  static code = 'E_PLAN_HASH'
  constructor(id: number) {
    super(`This is not the hash of plan ${id}: read the plan again and send its plan_hash`)
  }
}

/** The plan was applied, expired or is still being made. */
export class PlanNotWaiting extends Exception {
  static status = 409
  static code = 'E_PLAN_NOT_WAITING'
  constructor(id: number, status: string) {
    super(`Plan ${id} cannot be applied: it is ${status}`)
  }
}

/** A plan of all sources is one plan for each of them: what a later one would change depends on what is applied before. */
export class PlanOfAll extends Exception {
  static status = 409
  static code = 'E_PLAN_OF_ALL'
  constructor(id: number) {
    super(`Plan ${id} is of all sources: look at the plan of each source, and apply each by its own id`)
  }
}

/** There is no change set with this id. */
export class ChangeSetNotFound extends Exception {
  static status = 404
  static code = 'E_CHANGE_SET_NOT_FOUND'
  constructor(id: number | string) {
    super(`There is no change ${id}`)
  }
}

/** What is to be taken back is still being written. */
export class ChangeSetUnfinished extends Exception {
  static status = 409
  static code = 'E_CHANGE_SET_UNFINISHED'
  constructor(id: number, runId: number) {
    super(`Change ${id} is still being made: wait until run ${runId} ended, or cancel it`)
  }
}

/** Taking a large change set back stopped on the way. What was taken back is; the same again goes on with the rest. */
export class UndoFailed extends Exception {
  static status = 500
  static code = 'E_UNDO_FAILED'
  constructor(runId: number, reason: string) {
    super(`Not everything was taken back (run ${runId}): ${reason}`)
  }
}

/** The run ended: there is nothing to cancel. */
export class RunEnded extends Exception {
  static status = 409
  static code = 'E_RUN_ENDED'
  constructor(id: number, status: string) {
    super(`Run ${id} cannot be cancelled: it is ${status}`)
  }
}

/** There is no review with this id. */
export class ReviewNotFound extends Exception {
  static status = 404
  static code = 'E_REVIEW_NOT_FOUND'
  constructor(id: number | string) {
    super(`There is no review ${id}`)
  }
}

/** The review was decided already, or later readings answered it: read the list again. */
export class ReviewClosed extends Exception {
  static status = 409
  static code = 'E_REVIEW_CLOSED'
  constructor(id: number) {
    super(`Review ${id} is not open any more`)
  }
}
