import { type BaseCommand } from '@adonisjs/core/ace'
import { type PlanView } from '#services/sync/find_plan'
import { type StoredPlanRow } from '#services/sync/store/plan_queries'
import { toApiFields } from '#transformers/change_transformer'

/** What would become of the items, in the order in which it is said. */
const ACTIONS = [
  ['create', 'created'],
  ['update', 'updated'],
  ['link', 'linked'],
  ['missing', 'marked missing'],
  ['return', 'seen again'],
  ['delete', 'deleted'],
  ['restore', 'restored'],
] as const

/** Fields that say nothing to a person. */
const SILENT = new Set(['source', 'source_id', 'origin', 'is_active', 'merged_into', 'presence', 'status'])

/** New items printed without `--all`: a first plan has nothing else, and nobody reads thousands. */
const SHOWN_CREATIONS = 20

/** Characters of one value in a line. */
const VALUE_LENGTH = 60

/**
 * Prints a plan: one sentence, the rows as before → after, the guards, and how to go on. Of many new items it prints
 * the first ones and how to see the others; what becomes of known items is always printed whole.
 */
export function printPlan(
  command: BaseCommand,
  plan: PlanView,
  rows: readonly StoredPlanRow[],
  options: { readonly all?: boolean } = {}
): void {
  const { logger } = command
  logger.log(`Plan ${plan.id} of ${plan.source} (${plan.status}): ${toCounts(plan.counts)}`)
  const creations = rows.filter(({ action }) => action === 'create')
  const unseen = new Set(options.all ? [] : creations.slice(SHOWN_CREATIONS))
  rows.filter((row) => !unseen.has(row)).forEach((row) => logger.log(`  ${toLine(row)}`))
  if (unseen.size > 0) {
    logger.log(`  … and ${unseen.size} more new items: --all prints them`)
  }
  for (const error of plan.errors) {
    plan.status === 'failed' ? logger.error(error) : logger.warning(error)
  }
  if (plan.status === 'planned') {
    logger.log(`Nothing is written yet. To apply it: node ace sync:apply ${plan.id} --hash=${plan.planHash}`)
  }
}

/** `2 items would be created, 1 item updated`; after applying also what became of the rows. */
function toCounts(counts: PlanView['counts']): string {
  const planned = ACTIONS.filter(([action]) => counts[action]).map(([action, word]) => `${counts[action]} ${word}`)
  const outcomes = ['applied', 'unticked', 'stale']
    .filter((name) => counts[name])
    .map((name) => `${counts[name]} ${name}`)
  const text = planned.length > 0 ? planned.join(', ') : 'nothing changes'
  return outcomes.length > 0 ? `${text}; ${outcomes.join(', ')}` : text
}

/** `#3 update host-1 (item 17): model C9200 → C9300`. */
function toLine({ seq, action, assetId, hostname, outcome, reason, ...row }: StoredPlanRow): string {
  const before = toApiFields(row.before)
  const after = toApiFields(row.after)
  const isSaid = (field: string) => action !== 'create' || (field !== 'hostname' && after[field] !== null)
  const fields = Object.keys(after).filter((field) => !SILENT.has(field) && isSaid(field))
  const changes = fields.map((field) =>
    action === 'create'
      ? `${field} ${toText(after[field])}`
      : `${field} ${toText(before[field])} → ${toText(after[field])}`
  )
  const name = assetId === null ? toText(after.hostname) : `${toText(hostname)} (item ${assetId})`
  const why = reason === null ? '' : ` (${reason})`
  const became = outcome === 'planned' ? '' : ` [${outcome}]`
  return `#${seq} ${action} ${name}${changes.length > 0 ? ': ' : ''}${changes.join(', ')}${why}${became}`
}

function toText(value: unknown): string {
  const text = value === null || value === undefined ? 'empty' : String(value)
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH - 1)}…` : text
}
