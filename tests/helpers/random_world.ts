import db from '@adonisjs/lucid/services/db'
import fc from 'fast-check'
import { DateTime, Settings } from 'luxon'
import { InvalidValue, ValueTaken } from '#core/assets/errors'
import { type ReviewVerdict } from '#core/reconcile/review'
import { DeleteAsset } from '#services/inventory/delete_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { MergeAssets } from '#services/inventory/merge_assets'
import { PinField } from '#services/inventory/pin_field'
import { RestoreAsset } from '#services/inventory/restore_asset'
import { SplitAsset } from '#services/inventory/split_asset'
import { UndoChangeSet } from '#services/inventory/undo_change_set'
import { ResolveReview } from '#services/reviews/resolve_review'
import { dieAt } from '#tests/helpers/dying_worker'
import { openReviews, PERSON } from '#tests/helpers/decide'
import { type Device, type EngineWorld } from '#tests/helpers/engine_world'

/** Alpha's keys never move, those of beta may be given to other hardware. */
const SOURCES = ['alpha', 'beta'] as const
type Source = (typeof SOURCES)[number]

const DAY_MS = 86_400_000

const MACS = ['00:1b:21:00:00:01', '00:1b:21:00:00:02', '00:1b:21:00:00:03', '00:1b:21:00:00:04', '00:1b:21:00:00:05']

/** Few values, so that devices meet, part and contradict each other. */
const device = fc.record({
  id: fc.constantFrom('1', '2', '3', '4', '5', '6'),
  hostname: fc.constantFrom('a', 'b', 'c', null),
  serial: fc.constantFrom('SER00001', 'SER00002', 'SER00003', 'N/A', null, undefined),
  base: fc.option(fc.constantFrom(...MACS), { nil: undefined }),
  macs: fc.uniqueArray(fc.constantFrom(...MACS), { maxLength: 3 }),
  model: fc.constantFrom('X', 'Y', null, undefined),
  ip: fc.constantFrom('10.0.0.1', '10.0.0.2', undefined),
}) as fc.Arbitrary<Device>

/** What a source lists: up to six devices. */
export const list = fc.uniqueArray(device, { selector: (one) => one.id, maxLength: 6 })

/** A reading, with the statements at which its workers die. */
export interface Reads {
  readonly kind: 'reads'
  readonly source: Source
  readonly devices: Device[]
  readonly pageSize: number
  readonly deaths: readonly number[]
}

export const reads: fc.Arbitrary<Reads> = fc.record({
  kind: fc.constant('reads' as const),
  source: fc.constantFrom(...SOURCES),
  devices: list,
  pageSize: fc.constantFrom(1, 2, 500),
  deaths: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 2 }) }
  ),
})

export type Step =
  | Reads
  | { kind: 'days'; days: number }
  | { kind: 'edit'; which: number; field: 'hostname' | 'model' | 'notes'; value: string }
  | { kind: 'pin'; which: number; field: 'hostname' | 'model' | 'serialNumber' }
  | { kind: 'delete' | 'undo' | 'restore' | 'merge' | 'split'; which: number }
  | { kind: 'answer'; which: number; verdict: ReviewVerdict }

const which = fc.nat(20)
const ANSWERS = ['same', 'different', 'dismiss', 'approve'] as const satisfies ReviewVerdict[]

/** What a person may do. */
export const decision: fc.Arbitrary<Exclude<Step, { kind: 'reads' | 'days' }>> = fc.oneof(
  fc.record({
    kind: fc.constant('edit' as const),
    which,
    field: fc.constantFrom('hostname' as const, 'model' as const, 'notes' as const),
    value: fc.constantFrom('typed', 'other'),
  }),
  fc.record({
    kind: fc.constant('pin' as const),
    which,
    field: fc.constantFrom('hostname' as const, 'model' as const, 'serialNumber' as const),
  }),
  fc.record({ kind: fc.constant('answer' as const), which, verdict: fc.constantFrom(...ANSWERS) }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'undo', 'restore', 'merge', 'split'), which })
)

const days = fc.record({ kind: fc.constant('days' as const), days: fc.constantFrom(1, 3) })

/** What happens to an inventory from its first day on. */
export const life: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof<fc.WeightedArbitrary<Step>[]>(
    { weight: 5, arbitrary: reads },
    { weight: 5, arbitrary: decision },
    { weight: 1, arbitrary: days }
  ),
  { minLength: 2, maxLength: 8 }
)

/** Lets things happen one after the other. */
export async function live(world: EngineWorld, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    await take(world, step)
  }
}

/** Does one step; a person's step that is not possible does nothing. */
export async function take(world: EngineWorld, step: Step): Promise<void> {
  switch (step.kind) {
    case 'reads':
      await read(world, step)
      return
    case 'days':
      pass(step.days)
      return
    case 'undo':
      await pick(await db.from('change_sets').orderBy('id'), step, (set) => new UndoChangeSet().handle(set, PERSON))
      return
    case 'restore': {
      const deleted = await db.from('assets').where('is_active', false).whereNull('merged_into').orderBy('id')
      await pick(deleted, step, (id) => unlessRefused(new RestoreAsset().handle(id, PERSON)))
      return
    }
    case 'answer': {
      const open = (await openReviews()).filter((review) => review.verdicts.includes(step.verdict))
      await pick(open, step, (id) => new ResolveReview().handle(id, { verdict: step.verdict }, PERSON))
      return
    }
    default:
      await pick(await world.assets(), step, (id) => changeAsset(world, id, step))
  }
}

/** Reads a source to the end, however often its worker dies. */
async function read(world: EngineWorld, { source, devices, pageSize, deaths }: Reads): Promise<void> {
  world.says(source, devices, { pageSize, isResumable: true })
  const runId = await world.trigger(source)
  for (const statement of deaths) {
    await dieAt(world, runId, statement)
  }
  await world.work(runId)
}

/** Days pass on the clock of whoever decides. Call `Settings.now = () => Date.now()` afterwards. */
function pass(count: number): void {
  const ahead = DateTime.now().toMillis() - Date.now() + count * DAY_MS
  Settings.now = () => Date.now() + ahead
}

async function changeAsset(
  world: EngineWorld,
  id: number,
  step: Exclude<Step, { kind: 'reads' | 'days' | 'undo' | 'restore' | 'answer' }>
): Promise<unknown> {
  switch (step.kind) {
    case 'edit':
      return new EditAsset().handle(id, { [step.field]: step.value }, PERSON)
    case 'pin':
      return new PinField().handle(id, { field: step.field }, PERSON)
    case 'delete':
      return new DeleteAsset().handle(id, PERSON)
    case 'merge': {
      const others = (await world.assets()).filter((asset) => Number(asset.id) !== id)
      return pick(others, step, (into) => new MergeAssets().handle(id, { into }, PERSON))
    }
    case 'split': {
      const records = (await world.records()).filter((record) => Number(record.asset_id) === id)
      const split = (record: number) => new SplitAsset().handle(id, { records: [record] }, PERSON)
      return pick(records, step, (record) => unlessRefused(split(record)))
    }
  }
}

async function pick(
  rows: readonly object[],
  { which: index }: { which: number },
  act: (id: number) => Promise<unknown>
): Promise<void> {
  const row = rows[index % rows.length] as { id: unknown } | undefined
  await (row && act(Number(row.id)))
}

/** What a person may not do is told, and changes nothing. */
async function unlessRefused(attempt: Promise<unknown>): Promise<void> {
  await attempt.catch((error: unknown) => {
    if (!(error instanceof ValueTaken || error instanceof InvalidValue)) {
      throw error
    }
  })
}
