import db from '@adonisjs/lucid/services/db'
import testUtils from '@adonisjs/core/services/test_utils'
import { type Assert } from '@japa/assert'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { Settings } from 'luxon'
import { StartUndo } from '#services/inventory/start_undo'
import { UndoChangeSet } from '#services/inventory/undo_change_set'
import { VerifyInventory } from '#services/inventory/verify_inventory'
import { FindPlan } from '#services/sync/find_plan'
import { FindRun } from '#services/sync/find_run'
import { PERSON } from '#tests/helpers/decide'
import { EngineWorld } from '#tests/helpers/engine_world'
import { inventory } from '#tests/helpers/inventory'
import { decision, life, list, live, reads, take } from '#tests/helpers/random_world'
import {
  contents,
  contradictions,
  fingerprint,
  latestSet,
  learnedJunk,
  linkedRecords,
  pinnedFields,
  readSources,
  values,
} from '#tests/helpers/world_facts'

/** Another seed makes other worlds. A failure names the seed and the path that make its world again. */
const SEED = Number(process.env.LAIM_TEST_SEED ?? 2026)

/** Looking for a smaller world takes long: LAIM_TEST_SHRINK is how many seconds it may. */
const SHRINKING = process.env.LAIM_TEST_SHRINK
  ? { interruptAfterTimeLimit: Number(process.env.LAIM_TEST_SHRINK) * 1000, markInterruptAsFailure: true }
  : { endOnFailure: true }

const TIMEOUT_MS = 590_000

/** What must hold in every world, tried in this many worlds each. */
export function engineProperties(worlds: number): void {
  async function holds<T>(
    given: fc.Arbitrary<T>,
    check: (value: T) => Promise<void>,
    count: number = worlds
  ): Promise<void> {
    await fc.assert(
      fc.asyncProperty(given, (value) => told(check(value))),
      { numRuns: count, seed: SEED, includeErrorInReport: true, ...SHRINKING }
    )
  }

  test.group(`Whatever happens (seed ${SEED})`, (group) => {
    group.each.timeout(TIMEOUT_MS)

    test('every row is what its claims and pins say', async ({ assert }) => {
      await holds(life, (steps) =>
        inWorld(async (world) => {
          for (const step of steps) {
            await take(world, step)
            const { discrepancies } = await new VerifyInventory().handle()
            assert.deepEqual(discrepancies, [], JSON.stringify(discrepancies))
          }
        })
      )
    })

    test('the same again plans and writes nothing', async ({ assert }) => {
      const today = life.map((steps) => steps.filter(({ kind }) => kind !== 'days'))
      await holds(fc.tuple(today, reads), ([steps, reading]) =>
        inWorld(async (world) => {
          await live(world, [...steps, reading])
          const before = await fingerprint()
          const plan = await world.plan(reading.source)
          assert.equal(plan.rowCount, 0)
          const run = await world.sync(reading.source)
          assert.deepEqual([run.created, run.updated], [0, 0])
          assert.deepEqual(await fingerprint(), before)
        })
      )
    })

    test('no two active items carry one serial, and deleted ones stay away', async ({ assert }) => {
      await holds(life, (steps) =>
        inWorld(async (world) => {
          await live(world, steps)
          const serials = (await world.assets()).flatMap((asset) => asset.serial_number ?? [])
          assert.lengthOf(serials, new Set(serials).size)
          const stray = await db
            .from('source_records as r')
            .join('assets as a', 'a.id', 'r.asset_id')
            .where((query) => query.where('a.is_active', false).andWhere('r.link_state', 'linked'))
            .orWhere((query) => query.where('a.is_active', true).andWhere('r.link_state', 'excluded'))
          assert.lengthOf(stray, 0)
        })
      )
    })

    test('a sync joins no items and no contradictory serials, and changes nothing that a person pinned', async ({
      assert,
    }) => {
      await holds(life, (steps) =>
        inWorld(async (world) => {
          for (const step of steps) {
            const [before, pinned] = [await linkedRecords(), await pinnedFields()]
            await take(world, step)
            if (step.kind === 'reads') {
              await assertOnlyAdded(assert, before)
              assert.deepEqual(await pinnedFields(), pinned)
            }
          }
        })
      )
    })
  })

  test.group(`Within one run (seed ${SEED})`, (group) => {
    group.each.timeout(TIMEOUT_MS)

    test('neither order nor size of the pages changes what comes out', async ({ assert }) => {
      const shuffled = list.chain((devices) =>
        fc.record({
          devices: fc.constant(devices),
          order: fc.shuffledSubarray(devices, { minLength: devices.length }),
          pageSize: fc.constantFrom(1, 2, 3),
        })
      )
      await holds(fc.tuple(life, shuffled), async ([steps, { devices, order, pageSize }]) => {
        const outcomes: unknown[] = []
        for (const [listed, size] of [
          [devices, 500],
          [order, pageSize],
        ] as const) {
          await inWorld(async (world) => {
            await live(world, steps)
            await world.reads('alpha', [...listed], { pageSize: size })
            outcomes.push(await contents())
          })
        }
        assert.deepEqual(outcomes[1], outcomes[0])
      })
    })

    test('workers that die at any statement change nothing that comes out', async ({ assert }) => {
      const deaths = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 2 })
      await holds(fc.tuple(life, reads, deaths), async ([steps, reading, statements]) => {
        const outcomes: unknown[] = []
        for (const chosen of [[], statements]) {
          await inWorld(async (world) => {
            await live(world, steps)
            await take(world, { ...reading, deaths: chosen })
            outcomes.push(await contents())
          })
        }
        assert.deepEqual(outcomes[1], outcomes[0])
      })
    })

    test('an applied plan comes to what a run comes to', async ({ assert }) => {
      await holds(fc.tuple(life, reads), async ([steps, reading]) => {
        const outcomes: unknown[] = []
        for (const isPlanned of [false, true]) {
          await inWorld(async (world) => {
            await live(world, steps)
            world.says(reading.source, reading.devices, { pageSize: reading.pageSize })
            const { id } = isPlanned ? await world.plan(reading.source) : await world.sync(reading.source)
            const { status } = await new FindRun().handle(id)
            await (status === 'awaiting_approval' && world.apply(await new FindPlan().handle(id)))
            outcomes.push(await contents())
          })
        }
        assert.deepEqual(outcomes[1], outcomes[0])
      })
    })

    test('a plan writes nothing', async ({ assert }) => {
      await holds(fc.tuple(life, reads), ([steps, reading]) =>
        inWorld(async (world) => {
          await live(world, steps)
          const before = await fingerprint()
          world.says(reading.source, reading.devices, { pageSize: reading.pageSize })
          await world.plan(reading.source)
          assert.deepEqual(await fingerprint(), before)
        })
      )
    })
  })

  test.group(`Taken back at once (seed ${SEED})`, (group) => {
    group.each.timeout(TIMEOUT_MS)

    test('a decision leaves no trace', async ({ assert }) => {
      await holds(fc.tuple(life, decision), ([steps, made]) =>
        inWorld(async (world) => {
          await live(world, steps)
          const [before, last, learned] = [await withoutHolds(), await latestSet(), await learnedJunk()]
          await take(world, made)
          const set = await latestSet()
          if (made.kind !== 'undo' && set !== last && (await learnedJunk()) === learned) {
            await new UndoChangeSet().handle(set, PERSON)
            assert.deepEqual(await withoutHolds(), before, JSON.stringify(made))
          }
        })
      )
    })

    test('whatever it was, it stays taken back: the same readings again change nothing', async ({ assert }) => {
      const today = life.map((steps) => steps.filter(({ kind }) => kind !== 'days'))
      await holds(fc.tuple(today, fc.oneof(reads, decision)), ([steps, made]) =>
        inWorld(async (world) => {
          await live(world, steps)
          const last = await latestSet()
          await take(world, made.kind === 'reads' ? { ...made, deaths: [] } : made)
          const set = await latestSet()
          if (set !== last && (await learnedJunk()) === 0) {
            await new UndoChangeSet().handle(set, PERSON)
            const before = await values()
            for (const source of await readSources()) {
              await world.sync(source)
              assert.deepEqual(await values(), before, `${source} ${JSON.stringify(made)}`)
            }
          }
        })
      )
    })

    test('a large change set comes to the same in parts as at once', async ({ assert }) => {
      await holds(
        fc.tuple(life, fc.oneof(reads, decision), fc.constantFrom(1, 2)),
        async ([steps, made, size]) => {
          const outcomes: unknown[] = []
          for (const mostAtOnce of [10_000, 0]) {
            await inWorld(async (world) => {
              await live(world, steps)
              await take(world, made)
              world.undoPart = size
              const set = await latestSet()
              const undo = new StartUndo(new UndoChangeSet())
              const started = set === 0 ? null : await undo.handle([set], PERSON, { mostAtOnce })
              await (started?.isQueued && world.work(started.runId))
              outcomes.push((await values()).map((row) => ({ ...row, id: null })))
            })
          }
          assert.deepEqual(outcomes[1], outcomes[0])
        },
        Math.ceil(worlds / 2)
      )
    })

    test('a run leaves the values that were there, and taking that back brings its own back', async ({ assert }) => {
      await holds(fc.tuple(life, reads), ([steps, reading]) =>
        inWorld(async (world) => {
          await live(world, steps)
          const [before, last] = [await values(), await latestSet()]
          await take(world, { ...reading, deaths: [] })
          const [made, set] = [await values(), await latestSet()]
          if (set === last) {
            return
          }
          const undone = await new UndoChangeSet().handle(set, PERSON)
          const kept = new Set(undone.conflicts.map(({ assetId }) => assetId))
          const free = (rows: { id: number }[]) => rows.filter(({ id }) => !kept.has(id))
          assert.deepEqual(free(await values()), free(before))

          if (undone.changeSetId === null) {
            return
          }
          const redone = await new UndoChangeSet().handle(undone.changeSetId, PERSON)
          redone.conflicts.forEach(({ assetId }) => kept.add(assetId))
          assert.deepEqual(free(await values()), free(made))
        })
      )
    })
  })
}

/** The inventory without pins until a source changes: undo makes them. */
async function withoutHolds(): Promise<unknown> {
  const { pins, ...others } = await inventory()
  return { ...others, pins: pins.filter((pin: { until: string }) => pin.until !== 'source_change') }
}

/** A failure that says what was found and not expected, and what was expected and not found. */
async function told(check: Promise<void>): Promise<void> {
  await check.catch((error: unknown) => {
    const { actual, expected } = error as { actual?: unknown; expected?: unknown }
    const [found, wanted] = [linesOf(actual), linesOf(expected)]
    const only = (lines: string[], others: string[]) => lines.filter((line) => !others.includes(line)).join('\n')
    throw actual === undefined
      ? error
      : new Error(`${String(error)}\nfound\n${only(found, wanted)}\nexpected\n${only(wanted, found)}`)
  })
}

function linesOf(value: unknown): string[] {
  const isTree = typeof value === 'object' && value !== null && Object.values(value).some(Array.isArray)
  const parts = isTree || Array.isArray(value) ? Object.values(value as object) : [value]
  return parts
    .flatMap((part) => (Array.isArray(part) && !isTree ? [part] : [part].flat()))
    .map((part) => JSON.stringify(part))
}

/** Runs a check in a world of its own, which is rolled back whatever it finds. */
async function inWorld(check: (world: EngineWorld) => Promise<void>): Promise<void> {
  const rollback = await testUtils.db().withGlobalTransaction()
  try {
    const world = new EngineWorld()
    await world.prepare()
    await check(world)
  } finally {
    Settings.now = () => Date.now()
    await rollback()
  }
}

/** Records stayed where they were, and those that came belong to what was there. */
async function assertOnlyAdded(assert: Assert, before: ReadonlyMap<number, number>): Promise<void> {
  const after = await linkedRecords()
  for (const [record, asset] of before) {
    assert.oneOf(after.get(record), [asset, undefined], `record ${record} changed its item`)
  }
  const fresh = new Set([...after.keys()].filter((record) => !before.has(record)))
  assert.deepEqual(await contradictions(fresh), [])
}
