import { sameIdentifiers, type AssetChange } from '#core/reconcile/plan_change'
import { askAboutAssets, resolveComponent, type Decision } from '#core/reconcile/resolve'
import { review, type ReviewDraft } from '#core/reconcile/review'
import { type SourceRecord } from '#core/reconcile/types'
import { computeAsset, toChange, type Surroundings } from '#services/inventory/compute_asset'
import { type Reindexed } from '#services/inventory/index_assets'
import { type BatchState } from './load_batch.js'
import { type RecordUpdate } from './store/link_queries.js'

/** What one batch of components will write. Pure data: nothing is written yet. */
export interface BatchPlan {
  readonly changes: PlannedChange[]
  /** Assets whose row stays but whose identifiers change. */
  readonly identifiersOnly: Reindexed[]
  /** Records that are decided; those of a new asset get its id when it is written. */
  readonly updates: Omit<RecordUpdate, 'observationId' | 'contentHash'>[]
  readonly reviews: ReviewDraft[]
}

interface PlannedChange {
  readonly change: AssetChange
  /** Records to link to the asset that the change creates. */
  readonly createdFrom: readonly SourceRecord[]
  /** Records of the work set whose fate depends on the change being written. */
  readonly recordIds: readonly number[]
}

/** What a person said about some records, in place of their evidence. */
export interface PersonsWord {
  readonly recordIds: ReadonlySet<number>
  readonly decision: Decision
}

/** Decides about a batch of components and computes every asset they touch: what to write, and why. */
export function planBatch(state: BatchState, surroundings: Surroundings, word: PersonsWord | null = null): BatchPlan {
  const plan: BatchPlan = { changes: [], identifiersOnly: [], updates: [], reviews: [...state.driftReviews] }
  const joining = new Map<number, SourceRecord[]>()
  const affected = new Set<number>(state.dirtyAssetIds)

  for (const component of state.components) {
    for (const record of component.linked) {
      affected.add(record.assetId!)
      plan.updates.push({ id: record.id, assetId: record.assetId, linkState: 'linked', linkRule: null })
    }
    const meant = word ? component.records.filter(({ id }) => word.recordIds.has(id)) : component.records
    if (meant.length > 0) {
      const decision = word?.decision ?? resolveComponent(component)
      apply(decision, meant, plan, joining, affected, state, surroundings)
    } else if (component.records.length === 0) {
      plan.reviews.push(...askAboutAssets(component))
    }
  }
  for (const assetId of [...affected].sort((a, b) => a - b)) {
    planAsset(assetId, joining.get(assetId) ?? [], plan, state, surroundings)
  }
  return plan
}

function apply(
  decision: Decision,
  records: readonly SourceRecord[],
  plan: BatchPlan,
  joining: Map<number, SourceRecord[]>,
  affected: Set<number>,
  state: BatchState,
  surroundings: Surroundings
): void {
  switch (decision.kind) {
    case 'link':
      joining.set(decision.assetId, [...(joining.get(decision.assetId) ?? []), ...records])
      affected.add(decision.assetId)
      updateAll(plan, records, decision.assetId, 'linked', decision.rule)
      return
    case 'exclude':
      updateAll(plan, records.filter(isPresent), decision.assetId, 'excluded', 'deleted')
      keepAway(plan, records)
      return
    case 'hold':
      if (records.some(isPresent)) {
        plan.reviews.push(decision.review)
      }
      updateAll(plan, records.filter(isPresent), null, 'held', decision.review.kind)
      keepAway(plan, records)
      return
    case 'create':
      planCreation(decision, records, plan, state, surroundings)
  }
}

/** False for a record that stays away with its deleted asset, whatever is asked about the others. */
function isPresent(record: SourceRecord): boolean {
  return record.linkState !== 'excluded'
}

function keepAway(plan: BatchPlan, records: readonly SourceRecord[]): void {
  for (const { id, assetId } of records.filter((record) => !isPresent(record))) {
    plan.updates.push({ id, assetId, linkState: 'excluded', linkRule: null })
  }
}

function updateAll(
  plan: BatchPlan,
  records: readonly SourceRecord[],
  assetId: number | null,
  linkState: RecordUpdate['linkState'],
  linkRule: string
): void {
  plan.updates.push(...records.map(({ id }) => ({ id, assetId, linkState, linkRule })))
}

function planCreation(
  decision: Extract<Decision, { kind: 'create' }>,
  records: readonly SourceRecord[],
  plan: BatchPlan,
  state: BatchState,
  surroundings: Surroundings
): void {
  const computed = computeAsset(null, records, -records[0]!.id, surroundings)
  const change = toChange(null, computed, decision.reason)!
  plan.changes.push({ change, createdFrom: records, recordIds: records.map(({ id }) => id) })

  const named = state.namesakeOf(records, computed.view)
  const suggestion = decision.suggestion ?? named
  if (suggestion) {
    const sentence = `${computed.view.hostname} may be ${suggestion.hostname}: they share ${
      decision.suggestion ? 'a port address' : 'their name'
    }, which is not enough to join them`
    plan.reviews.push(review('match_suggestion', records, [suggestion], sentence))
  }
}

function planAsset(
  assetId: number,
  joining: readonly SourceRecord[],
  plan: BatchPlan,
  state: BatchState,
  surroundings: Surroundings
): void {
  const asset = state.assets.get(assetId)
  if (!asset?.view.isActive) {
    return
  }
  const records = [...state.recordsOf(assetId), ...joining]
  const computed = computeAsset(asset, records, assetId, surroundings)
  const change = toChange(asset, computed, null)
  if (change) {
    plan.changes.push({ change, createdFrom: [], recordIds: records.map(({ id }) => id) })
    return
  }
  if (!sameIdentifiers(asset.identifiers, computed.identifiers)) {
    plan.identifiersOnly.push({ assetId, ...computed })
  }
}
