import { inject } from '@adonisjs/core'
import { UndoRun } from '#services/inventory/undo_run'
import { ListReviews } from '#services/reviews/list_reviews'
import { type ReviewView } from '#services/reviews/review_view'
import { FindPlan } from '#services/sync/find_plan'
import { FindRun } from '#services/sync/find_run'
import { type RunView } from '#services/sync/run_view'

export const PLAN_ROWS_PER_PAGE = 200

/** There is at most one such question for each source. */
const MOST_REFUSALS = 100

/** Reads what the page of one run shows: the run, its plan if it has one, and what it wrote. */
@inject()
export class ReadRun {
  constructor(
    private findRun: FindRun,
    private findPlan: FindPlan,
    private undoRun: UndoRun,
    private listReviews: ListReviews
  ) {}

  /** The rows of the plan after the row `afterRow`, one more than a page has if there are more. @throws RunNotFound */
  async whole(id: number, afterRow: number) {
    const run = await this.findRun.handle(id)
    const [plan, changeSets] = await Promise.all([this.findPlan.find(id), this.undoRun.changeSetsOf(id)])
    const hasRows = plan !== null && plan.parts.length === 0
    const rows = hasRows ? await this.findPlan.rows(id, afterRow, PLAN_ROWS_PER_PAGE + 1) : []
    return { run, plan: hasRows ? plan : null, rows, changeSets, refusals: await this.#refusals(run) }
  }

  /** Open questions whether what the sources of the run list no more is gone. */
  async #refusals({ id, source, children }: RunView): Promise<ReviewView[]> {
    const sources = new Set([source, ...children.map((child) => child.source)])
    const runIds = [id, ...children.map((child) => child.id)]
    const questions = await this.listReviews.handle({ kind: 'guard_tripped', limit: MOST_REFUSALS })
    return questions.filter((one) => sources.has(one.source ?? '') && (one.runId ?? 0) <= Math.max(...runIds))
  }
}
