import { type BaseCommand } from '@adonisjs/core/ace'
import { type RunView } from '#services/sync/run_view'

/** Prints what a run did: one row for each source, and the sentences of what went wrong. */
export function printRunSummary(command: BaseCommand, run: RunView): void {
  const head = ['Run', 'Source', 'Status', 'Found', 'Created', 'Updated', 'Skipped', 'Missing', 'Held', 'Requests']
  const table = command.ui.table().head(head)
  const rows = run.children.length > 0 ? [...run.children, run] : [run]
  for (const row of rows) {
    table.row([
      String(row.id),
      row.source,
      row.status,
      String(row.devicesFound),
      String(row.created),
      String(row.updated),
      String(row.skipped),
      String(row.missing),
      String(row.held),
      String(row.requests),
    ])
  }
  table.render()
  for (const error of run.errors) {
    run.status === 'failed' ? command.logger.error(error) : command.logger.warning(error)
  }
  if (run.status === 'awaiting_approval') {
    const waiting = rows.filter(({ children, status }) => children.length === 0 && status === run.status)
    const ids = waiting.map(({ id }) => id).join(', ')
    command.logger.warning(`A person must look at what waits for approval: sync:apply shows how for run ${ids}`)
  }
  if (run.held > 0) {
    command.logger.warning(`${run.held} devices wait for a decision: they are in no asset yet`)
  }
}
