import db from '@adonisjs/lucid/services/db'
import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { InvalidValue, ValueTaken } from '#core/assets/errors'
import { type ReviewVerdict } from '#core/reconcile/review'
import { DeleteAsset } from '#services/inventory/delete_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { MergeAssets } from '#services/inventory/merge_assets'
import { PinField } from '#services/inventory/pin_field'
import { RestoreAsset } from '#services/inventory/restore_asset'
import { SplitAsset } from '#services/inventory/split_asset'
import { UndoChangeSet } from '#services/inventory/undo_change_set'
import { VerifyInventory } from '#services/inventory/verify_inventory'
import { ResolveReview } from '#services/reviews/resolve_review'
import { type Device, EngineWorld } from '#tests/helpers/engine_world'
import { openReviews, PERSON } from '#tests/helpers/decide'
import { inventory } from '#tests/helpers/inventory'

/** Random worlds per property: a few seconds in all. Raise it to search longer. */
const WORLDS = Number(process.env.LAIM_PROPERTY_WORLDS ?? 12)
const SEED = Number(process.env.LAIM_PROPERTY_SEED ?? 2026)

const SOURCES = ['alpha', 'beta'] as const
type Source = (typeof SOURCES)[number]

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

const list = fc.uniqueArray(device, { selector: (one) => one.id, maxLength: 6 })

type Step =
  | { kind: 'reads'; source: Source; devices: Device[]; pageSize: number }
  | { kind: 'edit'; which: number; field: 'hostname' | 'model' | 'notes'; value: string }
  | { kind: 'pin'; which: number; field: 'hostname' | 'model' | 'serialNumber' }
  | { kind: 'delete'; which: number }
  | { kind: 'undo' | 'restore' | 'merge' | 'split'; which: number }
  | { kind: 'answer'; which: number; verdict: ReviewVerdict }

const which = fc.nat(20)
const ANSWERS = ['same', 'different', 'dismiss', 'approve'] as const satisfies ReviewVerdict[]
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('reads' as const),
      source: fc.constantFrom(...SOURCES),
      devices: list,
      pageSize: fc.constantFrom(1, 2, 500),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      which,
      field: fc.constantFrom('hostname' as const, 'model' as const, 'notes' as const),
      value: fc.constantFrom('typed', 'other'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pin' as const),
      which,
      field: fc.constantFrom('hostname' as const, 'model' as const, 'serialNumber' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('answer' as const), which, verdict: fc.constantFrom(...ANSWERS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'restore', 'merge', 'split'), which }),
  }
)

const life = fc.array(step, { minLength: 2, maxLength: 8 })

/** Runs a check in a world of its own, which is rolled back whatever it finds. */
async function inWorld(check: (world: EngineWorld) => Promise<void>): Promise<void> {
  const rollback = await testUtils.db().withGlobalTransaction()
  try {
    const world = new EngineWorld()
    await world.prepare()
    await check(world)
  } finally {
    await rollback()
  }
}

const property = <T>(arbitrary: fc.Arbitrary<T>, check: (world: EngineWorld, value: T) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(arbitrary, (value) => inWorld((world) => check(world, value))),
    { numRuns: WORLDS, seed: SEED, endOnFailure: process.env.LAIM_PROPERTY_SHRINK === undefined }
  )

/** Does one step; a person's step that is not possible does nothing. */
async function take(world: EngineWorld, one: Step): Promise<void> {
  switch (one.kind) {
    case 'reads':
      await world.reads(one.source, one.devices, { pageSize: one.pageSize })
      return
    case 'undo':
      await pick(await db.from('change_sets').orderBy('id'), one, (set) => new UndoChangeSet().handle(set, PERSON))
      return
    case 'restore': {
      const deleted = await db.from('assets').where('is_active', false).whereNull('merged_into').orderBy('id')
      await pick(deleted, one, (id) => unlessRefused(new RestoreAsset().handle(id, PERSON)))
      return
    }
    case 'answer': {
      const open = (await openReviews()).filter((review) => review.verdicts.includes(one.verdict))
      await pick(open, one, (id) => new ResolveReview().handle(id, { verdict: one.verdict }, PERSON))
      return
    }
    default:
      await pick(await world.assets(), one, (id) => changeAsset(world, id, one))
  }
}

async function changeAsset(
  world: EngineWorld,
  id: number,
  one: Exclude<Step, { kind: 'reads' | 'undo' | 'restore' | 'answer' }>
): Promise<unknown> {
  switch (one.kind) {
    case 'edit':
      return new EditAsset().handle(id, { [one.field]: one.value }, PERSON)
    case 'pin':
      return new PinField().handle(id, { field: one.field }, PERSON)
    case 'delete':
      return new DeleteAsset().handle(id, PERSON)
    case 'merge': {
      const others = (await world.assets()).filter((asset) => Number(asset.id) !== id)
      return pick(others, one, (into) => new MergeAssets().handle(id, { into }, PERSON))
    }
    case 'split': {
      const records = (await world.records()).filter((record) => Number(record.asset_id) === id)
      const split = (record: number) => new SplitAsset().handle(id, { records: [record] }, PERSON)
      return pick(records, one, (record) => unlessRefused(split(record)))
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

test.group('Whatever happens', (group) => {
  group.each.timeout(120_000)

  test('every row is what its claims and pins say', async ({ assert }) => {
    await property(life, async (world, steps) => {
      for (const one of steps) {
        await take(world, one)
        const { discrepancies } = await new VerifyInventory().handle()
        assert.deepEqual(discrepancies, [], JSON.stringify(discrepancies))
      }
    })
  })

  test('the same again plans nothing', async ({ assert }) => {
    await property(life, async (world, steps) => {
      for (const one of steps) {
        await take(world, one)
      }
      for (const source of SOURCES) {
        await world.sync(source)
        const before = await fingerprint()
        const run = await world.sync(source)
        assert.deepEqual([run.created, run.updated], [0, 0])
        assert.deepEqual(await fingerprint(), before)
      }
    })
  })

  test('no two active assets carry one serial, and deleted ones stay away', async ({ assert }) => {
    await property(life, async (world, steps) => {
      for (const one of steps) {
        await take(world, one)
      }
      const serials = (await world.assets()).flatMap((asset) => asset.serial_number ?? [])
      assert.lengthOf(serials, new Set(serials).size)
      const stray = await db
        .from('source_records as r')
        .join('assets as a', 'a.id', 'r.asset_id')
        .where((query) => query.where('a.is_active', false).andWhere('r.link_state', 'linked'))
        .orWhere((query) => query.where('a.is_active', true).andWhere('r.link_state', 'excluded'))
      assert.lengthOf(stray, 0)
    })
  })

  test('a sync never joins two assets, and never touches what a person pinned', async ({ assert }) => {
    await property(life, async (world, steps) => {
      for (const one of steps) {
        const before = await owners()
        const pinned = await pinnedValues()
        await take(world, one)
        if (one.kind === 'reads') {
          const after = await owners()
          for (const [record, asset] of before) {
            assert.oneOf(after.get(record), [asset, undefined], `record ${record} changed its asset`)
          }
          assert.deepEqual(await pinnedValues(), pinned)
        }
      }
    })
  })
})

test.group('Taken back at once', (group) => {
  group.each.timeout(120_000)

  test('a decision leaves no trace', async ({ assert }) => {
    await property(fc.tuple(life, step), async (world, [steps, decision]) => {
      for (const one of steps) {
        await take(world, one)
      }
      const [before, last] = [await inventory(), await latestSet()]
      if (decision.kind === 'reads' || decision.kind === 'undo') {
        return
      }
      await take(world, decision)
      const made = await latestSet()
      if (made !== last) {
        await new UndoChangeSet().handle(made, PERSON)
        assert.deepEqual(await inventory(), before, JSON.stringify(decision))
      }
    })
  })
})

test.group('Within one run', (group) => {
  group.each.timeout(120_000)

  test('neither order nor page size changes what comes out', async ({ assert }) => {
    const shuffled = list.chain((devices) =>
      fc.record({
        devices: fc.constant(devices),
        order: fc.shuffledSubarray(devices, { minLength: devices.length }),
        pageSize: fc.constantFrom(1, 2, 3),
      })
    )
    await fc.assert(
      fc.asyncProperty(fc.tuple(list, shuffled), async ([first, { devices, order, pageSize }]) => {
        const outcomes: unknown[] = []
        for (const [listed, size] of [
          [devices, 500],
          [order, pageSize],
        ] as const) {
          await inWorld(async (world) => {
            await world.reads('beta', first)
            await world.reads('alpha', [...listed], { pageSize: size })
            outcomes.push(await contents())
          })
        }
        assert.deepEqual(outcomes[1], outcomes[0])
      }),
      { numRuns: WORLDS, seed: SEED, endOnFailure: process.env.LAIM_PROPERTY_SHRINK === undefined }
    )
  })
})

async function latestSet(): Promise<number> {
  const [row] = await db.from('change_sets').max('id as id')
  return Number(row.id ?? 0)
}

/** Linked records of active assets, with their assets. */
async function owners(): Promise<Map<number, number>> {
  const rows = await db
    .from('source_records')
    .where('link_state', 'linked')
    .whereNull('closed_at')
    .select('id', 'asset_id')
  return new Map(rows.map((row) => [Number(row.id), Number(row.asset_id)]))
}

async function pinnedValues(): Promise<unknown[]> {
  return db
    .from('pins')
    .join('assets', 'assets.id', 'pins.asset_id')
    .where({ until: 'always', is_active: true })
    .orderBy(['asset_id', 'field'])
    .select('asset_id', 'field', 'value')
}

async function fingerprint(): Promise<unknown> {
  return {
    assets: await db.from('assets').orderBy('id'),
    identifiers: await db.from('asset_identifiers').orderBy(['asset_id', 'kind', 'value']),
    changes: (await db.from('changes')).length,
    reviews: await db.from('reviews').orderBy('id').select('id', 'state', 'dedupe_key'),
  }
}

/** What is known, without ids that depend on the order of things: records are called by their keys. */
async function contents(): Promise<unknown> {
  const records = await db
    .from('source_records as r')
    .join('sources as s', 's.id', 'r.source_id')
    .select('s.name', 'r.native_id', 'r.asset_id', 'r.link_state', 'r.closed_at')
  const key = (row: Record<string, unknown>) => `${row.name}:${row.native_id}${row.closed_at ? ':closed' : ''}`
  const keysOf = (id: unknown) =>
    records
      .filter((row) => row.asset_id === id)
      .map(key)
      .sort()
  const assets = await db.from('assets')
  const reviews = await db.from('reviews').where('state', 'open').select('kind')
  return {
    assets: assets
      .map(({ id, hostname, serial_number, mac_address, model, ip_address, search }) => ({
        records: keysOf(id),
        values: { hostname, serial_number, mac_address, model, ip_address, search },
      }))
      .sort((a, b) => (a.records.join() < b.records.join() ? -1 : 1)),
    states: records.map((row) => `${key(row)} ${row.link_state}`).sort(),
    reviews: reviews.map((row) => row.kind).sort(),
  }
}
