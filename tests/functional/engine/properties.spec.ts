import db from '@adonisjs/lucid/services/db'
import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { DeleteAsset } from '#services/inventory/delete_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { PinField } from '#services/inventory/pin_field'
import { UndoChangeSet } from '#services/inventory/undo_change_set'
import { VerifyInventory } from '#services/inventory/verify_inventory'
import { type Device, EngineWorld } from '#tests/helpers/engine_world'
import { PERSON } from '#tests/helpers/decide'

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
  | { kind: 'undo'; which: number }

const which = fc.nat(20)
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
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), which }) }
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

/** Does one step; a person's step on an empty inventory does nothing. */
async function take(world: EngineWorld, one: Step): Promise<void> {
  if (one.kind === 'reads') {
    await world.reads(one.source, one.devices, { pageSize: one.pageSize })
    return
  }
  if (one.kind === 'undo') {
    const sets = await db.from('change_sets').orderBy('id').select('id')
    await (sets.length > 0 && new UndoChangeSet().handle(Number(sets[one.which % sets.length].id), PERSON))
    return
  }
  const assets = await world.assets()
  if (assets.length === 0) {
    return
  }
  const id = Number(assets[one.which % assets.length]!.id)
  switch (one.kind) {
    case 'edit':
      await new EditAsset().handle(id, { [one.field]: one.value }, PERSON)
      return
    case 'pin':
      await new PinField().handle(id, { field: one.field }, PERSON)
      return
    case 'delete':
      await new DeleteAsset().handle(id, PERSON)
  }
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
