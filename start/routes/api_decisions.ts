import { controllers } from '#generated/controllers'
import { operation } from '#start/routes/operation'
import { changeSetShape } from '#transformers/change_set_transformer'
import { mergeShape, resolutionShape, splitShape } from '#transformers/decision_transformer'
import { heldPinShape } from '#transformers/held_pin_transformer'
import { itemShape } from '#transformers/item_transformer'
import { approvedPlanShape, planRowShape, planShape, startedPlanShape } from '#transformers/plan_transformer'
import { reviewShape } from '#transformers/review_transformer'
import { runShape } from '#transformers/run_transformer'
import { tombstoneShape } from '#transformers/tombstone_transformer'
import { undoShape } from '#transformers/undo_transformer'
import {
  listPinsValidator,
  listReviewsValidator,
  mergeValidator,
  resolveReviewValidator,
  splitValidator,
} from '#validators/decision'
import { pageValidator } from '#validators/paging'
import { pinValidator } from '#validators/pin'
import { applyPlanValidator, createPlanValidator } from '#validators/plan'
import { undoValidator } from '#validators/undo'

const { ChangeSets, ItemIdentities, ItemPins, Pins, PlanRows, Plans, Reviews, SyncCancellations, Tombstones } =
  controllers.api

operation('POST', 'sync/plans', [Plans, 'store'], {
  summary: 'Ask for a plan: what a sync of a source would change',
  can: 'sync.trigger',
  body: createPlanValidator,
  answers: { status: 202, of: startedPlanShape },
  faults: [409],
})
operation('GET', 'sync/plans/{id}', [Plans, 'show'], {
  summary: 'One plan, or one sync that waits for approval',
  can: 'sync.read',
  answers: { status: 200, of: planShape },
})
operation('GET', 'sync/plans/{id}/rows', [PlanRows, 'index'], {
  summary: 'What a plan would change, item by item',
  can: 'sync.read',
  query: pageValidator,
  answers: { status: 200, of: planRowShape, list: true },
  faults: [409],
})
operation('POST', 'sync/plans/{id}/apply', [Plans, 'apply'], {
  summary: 'Approve a plan by its hash and apply it, or only some of its rows',
  can: 'sync.trigger',
  body: applyPlanValidator,
  answers: { status: 202, of: approvedPlanShape },
  faults: [409],
})

operation('POST', 'sync/{id}/cancel', [SyncCancellations, 'store'], {
  summary: 'Cancel a sync or a plan: it stops at the next safe point',
  can: 'sync.trigger',
  answers: { status: 202, of: runShape },
  faults: [409],
})

operation('GET', 'changes/{id}', [ChangeSets, 'show'], {
  summary: 'What was changed together: a sync, an edit, an undo',
  can: 'asset.read',
  answers: { status: 200, of: changeSetShape },
})
operation('POST', 'changes/{id}/undo', [ChangeSets, 'undo'], {
  summary: 'Take a change back, but for what people changed since; a large one is left to a worker',
  can: 'asset.write',
  body: undoValidator,
  answers: { status: 200, of: undoShape },
  later: { status: 202, of: changeSetShape },
  faults: [409],
})

operation('PUT', 'items/{id}/pins/{field}', [ItemPins, 'update'], {
  summary: 'Lock a field of an item, whatever sources say',
  can: 'asset.write',
  body: pinValidator,
  answers: { status: 200, of: itemShape },
  faults: [409, 412],
})
operation('DELETE', 'items/{id}/pins/{field}', [ItemPins, 'destroy'], {
  summary: 'Release a field: the sources feed it again',
  can: 'asset.write',
  answers: { status: 204 },
  faults: [412],
})

operation('GET', 'reviews', [Reviews, 'index'], {
  summary: 'What needs a person, oldest first',
  can: 'asset.read',
  query: listReviewsValidator,
  answers: { status: 200, of: reviewShape, list: true },
})
operation('GET', 'reviews/{id}', [Reviews, 'show'], {
  summary: 'One question with those that it is about, side by side',
  can: 'asset.read',
  answers: { status: 200, of: reviewShape },
})
operation('POST', 'reviews/{id}/resolve', [Reviews, 'resolve'], {
  summary: 'Answer a question with one of its verdicts',
  can: 'asset.write',
  body: resolveReviewValidator,
  answers: { status: 200, of: resolutionShape },
  faults: [409],
})
operation('POST', 'items/{id}/merge', [ItemIdentities, 'merge'], {
  summary: 'Let another item absorb this one',
  can: 'asset.write',
  body: mergeValidator,
  answers: { status: 200, of: mergeShape },
  faults: [409],
})
operation('POST', 'items/{id}/split', [ItemIdentities, 'split'], {
  summary: 'Take records of sources out of an item, into one of their own',
  can: 'asset.write',
  body: splitValidator,
  answers: { status: 200, of: splitShape },
  faults: [409],
})
operation('GET', 'pins', [Pins, 'index'], {
  summary: 'What pins hold back: fields for which a source says something else',
  can: 'asset.read',
  query: listPinsValidator,
  answers: { status: 200, of: heldPinShape, list: true },
})
operation('GET', 'tombstones', [Tombstones, 'index'], {
  summary: 'What was deleted on purpose and stays away',
  can: 'asset.read',
  query: pageValidator,
  answers: { status: 200, of: tombstoneShape, list: true },
})
operation('DELETE', 'tombstones/{id}', [Tombstones, 'destroy'], {
  summary: 'Bring a deleted item back',
  can: 'asset.write',
  answers: { status: 204 },
  faults: [409],
})
