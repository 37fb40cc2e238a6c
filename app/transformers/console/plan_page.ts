import { PLAN_ROWS_PER_PAGE } from '#services/console/read_run'
import { type PlanView } from '#services/sync/find_plan'
import { type StoredPlanRow } from '#services/sync/store/plan_queries'
import { toShownValue } from './asset_value.js'
import { toDiffs } from './history_event.js'
import { type Look } from './looks.js'

/** What becomes of an asset: as a row says it, and as a count of rows does. */
const ACTIONS = [
  { action: 'create', word: 'Add', count: 'to add' },
  { action: 'update', word: 'Change', count: 'to change' },
  { action: 'link', word: 'Link', count: 'to link to the source' },
  { action: 'missing', word: 'Mark missing', count: 'to mark missing' },
  { action: 'return', word: 'Seen again', count: 'seen again' },
  { action: 'delete', word: 'Delete', count: 'to delete' },
  { action: 'restore', word: 'Restore', count: 'to restore' },
] as const

const OUTCOMES: Record<StoredPlanRow['outcome'], Look | null> = {
  planned: null,
  applied: { word: 'Applied', className: 'dot-good', title: 'The asset is as the row says' },
  unticked: { word: 'Not ticked', className: 'dot-none', title: 'Left out; the next run decides anew' },
  stale: { word: 'Left alone', className: 'dot-warn', title: 'The asset changed since; the next run decides anew' },
}

/** What tells a new asset from others, in the order in which people ask for it. */
const TELLING = [
  ['assetType', 'item_type'],
  ['serialNumber', 'serial_number'],
  ['macAddress', 'mac_address'],
  ['ipAddress', 'ip_address'],
  ['vendor', 'vendor'],
  ['model', 'model'],
] as const

/** A plan as its page shows it; `rows` holds one more than fits if there are more. Null: the run is no plan. */
export function toPlanPage(plan: PlanView | null, rows: readonly StoredPlanRow[]) {
  if (!plan || !['planned', 'applying', 'completed'].includes(plan.status)) {
    return null
  }
  const page = rows.slice(0, PLAN_ROWS_PER_PAGE)
  const last = page.at(-1)
  const counted = ACTIONS.filter(({ action }) => plan.counts[action])
  const total = plan.rowCount
  const isWaiting = plan.status === 'planned'
  return {
    id: plan.id,
    hash: plan.planHash,
    isWaiting,
    title: isWaiting ? 'What it would change' : 'What was planned',
    sentence: counted.map(({ action, count }) => `${plan.counts[action]} ${count}`).join(', '),
    guards: isWaiting ? plan.guards.map(({ sentence }) => `${sentence}.`) : [],
    total,
    isWhole: page.length === total,
    rows: page.map(toRow),
    nextHref: rows.length > PLAN_ROWS_PER_PAGE && last ? `/runs/${plan.id}?after=${last.seq}#plan` : null,
  }
}

function toRow({ seq, action, assetId, hostname, before, after, reason, outcome }: StoredPlanRow) {
  const isNew = action === 'create'
  return {
    number: seq,
    word: ACTIONS.find((one) => one.action === action)?.word ?? action,
    assetId,
    name: hostname ?? String(after.hostname),
    summary: isNew ? toSummary(after) : null,
    diffs: isNew ? [] : toDiffs({ action, before, after }),
    reason,
    outcome: OUTCOMES[outcome],
  }
}

/** What tells a new asset from others, in one line. `after` as changes hold it. */
export function toSummary(after: Record<string, unknown>): string {
  const values = TELLING.map(([field, name]) => toShownValue(name, (after[field] ?? null) as string | null))
  return values.filter((value) => value !== null).join(' · ')
}
