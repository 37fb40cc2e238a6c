import { type TrippedGuard } from '#core/reconcile/guards'
import { type PlanView } from '#services/sync/find_plan'
import { type StoredPlanRow } from '#services/sync/store/plan_queries'
import { toApiFields } from './change_transformer.js'
import { choice, integer, listOf, nested, nullable, shape, text, type ShapeField } from './shape.js'

const PLAN_STATUSES = ['queued', 'running', 'planned', 'applying', 'completed', 'expired', 'failed']
const ACTIONS = ['create', 'update', 'link', 'missing', 'return', 'delete', 'restore']
const OUTCOMES = ['planned', 'unticked', 'applied', 'stale']

const guardShape = shape<TrippedGuard>('Guard', {
  guard: choice(['blast', 'flood', 'renumber'], (one) => one.guard),
  sentence: text((one) => one.sentence),
})

function count(name: string): [string, ShapeField<PlanView>] {
  return [name, integer(({ counts }) => counts[name] ?? 0)]
}

/** Rows by action, by outcome once the plan was applied, and the guards that applying approves. */
const countsShape = shape<PlanView>('PlanCounts', {
  ...Object.fromEntries([...ACTIONS, ...OUTCOMES.filter((outcome) => outcome !== 'planned')].map(count)),
  guards: listOf(guardShape.schema, ({ guards }) => guards.map(guardShape.toJson)),
})

const FIELDS: Record<string, ShapeField<PlanView>> = {
  id: integer((plan) => plan.id),
  source: text((plan) => plan.source),
  status: choice(PLAN_STATUSES, (plan) => plan.status),
  plan_hash: nullable(text((plan) => plan.planHash)),
  counts: nested(countsShape, (plan) => plan),
  errors: listOf({ type: 'string' }, (plan) => plan.errors),
  change_id: nullable(integer((plan) => plan.changeSetId)),
}

const partShape = shape<PlanView>('PlanOfSource', FIELDS)

/** A plan, or a run that waits for approval. One of all sources has the plan of each, to be applied one by one. */
export const planShape = shape<PlanView>('Plan', {
  ...FIELDS,
  plans: listOf(partShape.schema, ({ parts }) => parts.map(partShape.toJson)),
})

/** The answer to a request for a plan. */
export const startedPlanShape = shape<{ readonly runId: number }>('StartedPlan', {
  id: integer(({ runId }) => runId),
  status: choice(['queued'], () => 'queued'),
})

/** The answer to an approval: what is applied will be in this change set. */
export const approvedPlanShape = shape<PlanView>('ApprovedPlan', {
  id: integer((plan) => plan.id),
  status: choice(PLAN_STATUSES, (plan) => plan.status),
  change_id: integer((plan) => plan.changeSetId),
})

const plannedItemShape = shape<StoredPlanRow>('PlannedItem', {
  id: nullable(integer((row) => row.assetId)),
  hostname: nullable(text((row) => row.hostname ?? row.after.hostname)),
})

/** One row of a plan: what would become of one item. `number` is what one ticks; an item that is to be made has no id. */
export const planRowShape = shape<StoredPlanRow>('PlanRow', {
  number: integer((row) => row.seq),
  action: choice(ACTIONS, (row) => row.action),
  item: nested(plannedItemShape, (row) => row),
  before: { schema: { type: 'object' }, read: (row) => toApiFields(row.before) },
  after: { schema: { type: 'object' }, read: (row) => toApiFields(row.after) },
  reason: nullable(text((row) => row.reason)),
  outcome: choice(OUTCOMES, (row) => row.outcome),
})
