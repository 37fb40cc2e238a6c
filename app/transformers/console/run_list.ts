import { type RunView } from '#services/sync/run_view'
import { toRunSummary } from './run_summary.js'

export const RUNS_PER_PAGE = 50

/** A page of runs, those before `beforeId` if it is given; `runs` holds one more than fits if there are older ones. */
export function toRunList(
  runs: readonly RunView[],
  sources: readonly { readonly name: string }[],
  beforeId: number | undefined
) {
  const page = runs.slice(0, RUNS_PER_PAGE).map((run) => toRunSummary(run))
  const last = page.at(-1)
  return {
    runs: page,
    sources,
    isLive: page.some(({ isLive }) => isLive),
    newestHref: beforeId === undefined ? null : '/runs',
    olderHref: runs.length > RUNS_PER_PAGE && last ? `/runs?before=${last.id}` : null,
  }
}
