import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const devices = (count: number, more: (index: number) => Partial<Device> = () => ({})): Device[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${index}`,
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
    ...more(index),
  }))

test.group('A device that the database refuses', (group) => {
  const world = eachWithWorld(group)

  const withBadOne = (count = 20) => devices(count, (index) => (index === 7 ? { type: 'Camera' } : { type: 'Server' }))
  const forbidCameras = () => db.from('asset_types').where('name', 'Camera').delete()

  test('44: fails alone and is told, and the rest of its batch is applied', async ({ assert }) => {
    await forbidCameras()

    const run = await world.current.reads('alpha', withBadOne(500))

    assert.equal(run.status, 'completed')
    assert.deepEqual([run.created, run.rejected], [499, 1])
    assert.lengthOf(run.errors, 1)
    assert.match(run.errors[0]!, /^1 records could not be stored: host-7 \(the database refused it: /)
    assert.notMatch(run.errors[0]!, /insert|SERIAL1007/i)
    const assets = await world.current.assets()
    assert.lengthOf(assets, 499)
    assert.notInclude(
      assets.map((asset) => asset.hostname),
      'host-7'
    )
    const reject = await db.from('run_rejects').where('run_id', run.id).first()
    assert.containsSubset(reject, { native_id: '7', code: 'E_NOT_STORED' })
    assert.lengthOf(await db.from('change_sets'), 1)
    assert.lengthOf(await db.from('changes'), 499)
  })

  test('44: is tried again by the next run, and stored as soon as it can be', async ({ assert }) => {
    await forbidCameras()
    await world.current.reads('alpha', withBadOne())
    const again = await world.current.sync('alpha')
    assert.deepEqual([again.created, again.rejected], [0, 1])
    assert.lengthOf(await db.from('observations'), 19)

    await db.table('asset_types').insert({ name: 'Camera' })
    const run = await world.current.sync('alpha')

    assert.deepEqual([run.created, run.rejected, run.errors], [1, 0, []])
    assert.lengthOf(await world.current.assets(), 20)
  })

  test('44: keeps what it was when an update of it is refused', async ({ assert }) => {
    await world.current.reads(
      'alpha',
      devices(20, () => ({ type: 'Server' }))
    )
    await forbidCameras()

    const run = await world.current.reads(
      'alpha',
      withBadOne().map((device) => ({ ...device, model: 'new' }))
    )

    assert.deepEqual([run.updated, run.rejected], [19, 1])
    const kept = (await world.current.assets()).find((asset) => asset.hostname === 'host-7')
    assert.containsSubset(kept, { asset_type: 'Server', model: null, revision: 1 })
  })

  test('44: is left out of an approved plan too, and the plan says so', async ({ assert }) => {
    await world.current.reads(
      'alpha',
      devices(20, () => ({ type: 'Server' }))
    )
    world.current.says('alpha', withBadOne())
    const plan = await world.current.plan('alpha')
    await forbidCameras()

    const { run } = await world.current.apply(plan)

    assert.deepEqual([run.updated, run.rejected], [0, 1])
    const rows = await db.from('plan_rows').where('run_id', plan.id).select('outcome')
    assert.deepEqual(
      rows.map(({ outcome }) => outcome),
      ['stale']
    )
  })
})
