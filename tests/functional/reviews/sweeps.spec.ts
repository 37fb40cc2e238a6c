import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Settings } from 'luxon'
import { answer, openReviews, undo } from '#tests/helpers/decide'
import { type Device } from '#tests/helpers/engine_world'
import { inventory } from '#tests/helpers/inventory'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const DAY_MS = 24 * 60 * 60 * 1000

const devices = (count: number, more: Partial<Device> = {}): Device[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index),
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
    ...more,
  }))

test.group('A refused sweep', (group) => {
  const world = eachWithWorld(group)
  group.each.teardown(() => {
    Settings.now = () => Date.now()
  })

  const onDay = (day: number) => {
    const then = Date.now() + day * DAY_MS
    Settings.now = () => then
  }
  const shrinkFor = async (days: readonly number[]) => {
    await world.current.reads('alpha', devices(30))
    for (const day of days) {
      onDay(day)
      await world.current.reads('alpha', devices(15))
    }
  }
  const missing = async () => (await world.current.assets()).filter((asset) => asset.presence === 'missing').length

  test('53: approved, what was absent from three runs over two days is missing, the rest is not', async ({
    assert,
  }) => {
    await shrinkFor([1, 2, 4])
    assert.containsSubset((await openReviews())[0], {
      kind: 'guard_tripped',
      verdicts: ['approve', 'dismiss', 'later'],
    })

    await answer({ verdict: 'approve' })

    const assets = await world.current.assets()
    assert.deepEqual(
      assets.filter((asset) => asset.presence === 'missing').map((asset) => asset.hostname),
      devices(30)
        .slice(15)
        .map((device) => device.hostname)
    )
    const again = await world.current.sync('alpha')
    assert.deepEqual([again.errors, again.updated], [[], 0])
    assert.lengthOf(await openReviews(), 0)
    assert.equal(await missing(), 15)
  })

  test('53: approved early, the devices go missing when their time has come', async ({ assert }) => {
    await shrinkFor([1])

    await answer({ verdict: 'approve' })

    assert.equal(await missing(), 0)
    for (const day of [2, 4]) {
      onDay(day)
      const run = await world.current.sync('alpha')
      assert.deepEqual([run.errors, run.missing], [[], 15])
    }
    assert.equal(await missing(), 15)
  })

  test('53: what was listed meanwhile is not covered', async ({ assert }) => {
    await shrinkFor([1, 2, 4])
    onDay(5)
    await world.current.reads('alpha', devices(20), { final: { coverage: 'partial' } })

    await answer({ verdict: 'approve' })

    assert.equal(await missing(), 10)
  })

  test('80: an approved sweep taken back, all are present again, and the guard holds as before', async ({ assert }) => {
    await shrinkFor([1, 2, 4])
    const before = await inventory()
    const outcome = await answer({ verdict: 'approve' })

    await undo(outcome.changeSetId)

    assert.deepEqual(await inventory(), before)
    assert.equal((await db.from('sources').where('name', 'alpha').first()).baseline_count, 30)
    const again = await world.current.sync('alpha')
    assert.include(again.errors[0], 'no longer lists 15 of 30')
    assert.equal(await missing(), 0)
    assert.lengthOf(await openReviews(), 1)
  })

  test('dismissed, nothing is marked, and the next refused run asks again', async ({ assert }) => {
    await shrinkFor([1, 2, 4])

    await answer({ verdict: 'dismiss' })

    assert.equal(await missing(), 0)
    assert.lengthOf(await openReviews(), 0)
    await world.current.sync('alpha')
    assert.lengthOf(await openReviews(), 1)
  })

  test('the next healthy run answers it', async ({ assert }) => {
    await shrinkFor([1, 2])

    await world.current.reads('alpha', devices(30))

    assert.lengthOf(await openReviews(), 0)
  })
})
