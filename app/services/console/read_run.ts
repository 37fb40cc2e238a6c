import { inject } from '@adonisjs/core'
import { UndoRun } from '#services/inventory/undo_run'
import { FindPlan } from '#services/sync/find_plan'
import { FindRun } from '#services/sync/find_run'

export const PLAN_ROWS_PER_PAGE = 200

/** Reads what the page of one run shows: the run, its plan if it has one, and what it wrote. */
@inject()
export class ReadRun {
  constructor(
    private findRun: FindRun,
    private findPlan: FindPlan,
    private undoRun: UndoRun
  ) {}

  /** The rows of the plan after the row `afterRow`, one more than a page has if there are more. @throws RunNotFound */
  async whole(id: number, afterRow: number) {
    const run = await this.findRun.handle(id)
    const [plan, changeSets] = await Promise.all([this.findPlan.find(id), this.undoRun.changeSetsOf(id)])
    const hasRows = plan !== null && plan.parts.length === 0
    const rows = hasRows ? await this.findPlan.rows(id, afterRow, PLAN_ROWS_PER_PAGE + 1) : []
    return { run, plan: hasRows ? plan : null, rows, changeSets }
  }
}
