import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { EditAsset } from '#services/inventory/edit_asset'
import { ExplainAsset } from '#services/inventory/explain_asset'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const PERSON = { userId: null, name: 'ada' }
const SERIAL = 'FOC2140X0QK'

const box = (id: string, more: Partial<Device> = {}): Device => ({
  id,
  hostname: `host-${id}`,
  serial: SERIAL,
  ...more,
})

test.group('Which claim wins', (group) => {
  const world = eachWithWorld(group)

  test('28: the source of the lower rank wins, and both claims stay visible', async ({ assert }) => {
    await world.current.reads('beta', [box('10.0.0.1', { model: 'B-model' })])
    await world.current.reads('alpha', [box('1', { model: 'A-model' })])

    const [asset] = await world.current.assets()
    assert.equal(asset!.model, 'A-model')
    const fields = await new ExplainAsset().handle(Number(asset!.id))
    const model = fields.find((field) => field.field === 'model')!
    assert.containsSubset(model, { rule: 'precedence', contested: true, winner: { kind: 'claim', source: 'alpha' } })
    assert.deepEqual(
      model.claims.map((claim) => [claim.source, claim.value, claim.used]),
      [
        ['alpha', 'A-model', true],
        ['beta', 'B-model', false],
      ]
    )
  })

  test('29: a pinned name survives ten changes of both sources, which plan nothing for it', async ({ assert }) => {
    await world.current.reads('alpha', [box('1')])
    await world.current.reads('beta', [box('10.0.0.1')])
    const [asset] = await world.current.assets()
    await new EditAsset().handle(Number(asset!.id), { hostname: 'by-hand' }, PERSON)

    for (let round = 0; round < 10; round++) {
      const first = await world.current.reads('alpha', [box('1', { hostname: `a-${round}` })])
      const second = await world.current.reads('beta', [box('10.0.0.1', { hostname: `b-${round}` })])
      assert.deepEqual([first.updated, second.updated], [0, 0])
    }

    const [after] = await world.current.assets()
    assert.containsSubset(after, { hostname: 'by-hand', revision: Number(asset!.revision) + 1 })
    const fields = await new ExplainAsset().handle(Number(asset!.id))
    const hostname = fields.find((field) => field.field === 'hostname')!
    assert.deepEqual(
      hostname.claims.map((claim) => claim.value),
      ['a-9', 'b-9']
    )
    assert.containsSubset(hostname, { rule: 'pin', pin: { actor: 'ada', value: 'by-hand' } })
  })

  test('31: a claim that its source no longer makes gives way to the next', async ({ assert }) => {
    await world.current.reads('alpha', [box('1', { firmware: 'A-1' })])
    await world.current.reads('beta', [box('10.0.0.1', { firmware: 'B-1' })])
    await world.current.reads('alpha', [box('1')])
    assert.equal((await world.current.assets())[0]!.firmware_version, 'B-1')

    await world.current.reads('beta', [box('10.0.0.1')])
    assert.isNull((await world.current.assets())[0]!.firmware_version)
  })

  test('31: a reading in part releases nothing that it left out', async ({ assert }) => {
    await world.current.reads('alpha', [box('1', { firmware: 'A-1', model: 'M-1' })])
    await world.current.reads('alpha', [box('1', { model: 'M-2' })], { final: { coverage: 'partial' } })

    assert.containsSubset((await world.current.assets())[0], { firmware_version: 'A-1', model: 'M-2' })

    await world.current.reads('alpha', [box('1', { model: 'M-2' })])
    assert.isNull((await world.current.assets())[0]!.firmware_version)
  })

  test('32: an asserted empty value empties the field, and the other claim is shown as contested', async ({
    assert,
  }) => {
    await world.current.reads('beta', [box('10.0.0.1', { firmware: 'B-1' })])
    await world.current.reads('alpha', [box('1', { firmware: null })])

    const [asset] = await world.current.assets()
    assert.isNull(asset!.firmware_version)
    const fields = await new ExplainAsset().handle(Number(asset!.id))
    const firmware = fields.find((field) => field.field === 'firmware_version')!
    assert.containsSubset(firmware, { contested: true, winner: { source: 'alpha' } })
    assert.deepEqual(
      firmware.claims.map((claim) => [claim.source, claim.value, claim.used]),
      [
        ['alpha', null, true],
        ['beta', 'B-1', false],
      ]
    )
  })

  test('33: blank text is no opinion, not an empty value', async ({ assert }) => {
    await world.current.reads('beta', [box('10.0.0.1', { firmware: 'B-1' })])
    await world.current.reads('alpha', [box('1', { firmware: '  ' })])

    assert.equal((await world.current.assets())[0]!.firmware_version, 'B-1')
  })

  test('37: every field is decided again when a source of a lower rank arrives', async ({ assert }) => {
    await world.current.reads('beta', [box('10.0.0.1', { model: 'B', vendor: 'B', firmware: 'B' })])
    await world.current.reads('alpha', [box('1', { model: 'A', vendor: 'A' })])

    assert.containsSubset((await world.current.assets())[0], {
      hostname: 'host-1',
      model: 'A',
      vendor: 'A',
      firmware_version: 'B',
    })
  })

  test('38: what only people write is never touched by a source', async ({ assert }) => {
    await world.current.reads('alpha', [box('1')])
    const [asset] = await world.current.assets()
    const own = {
      room: '2265',
      notes: 'behind the door',
      subLocation: 'Rack 1',
      assetTag: 'LAB-1',
      status: 'repair' as const,
    }
    await new EditAsset().handle(Number(asset!.id), own, PERSON)

    await world.current.reads('alpha', [box('1', { model: 'new', hostname: 'renamed' })])
    await world.current.reads('beta', [box('10.0.0.1')])

    assert.containsSubset((await world.current.assets())[0], {
      room: '2265',
      notes: 'behind the door',
      sub_location: 'Rack 1',
      asset_tag: 'LAB-1',
      status: 'repair',
      hostname: 'renamed',
    })
    assert.isNull(await db.from('pins').first())
  })
})

test.group('Sources of equal rank', (group) => {
  const world = eachWithWorld(group)

  test('34: a disagreement never flips while nothing changes', async ({ assert }) => {
    await world.current.reads('beta', [box('10.0.0.1', { model: 'B' })])
    await world.current.reads('gamma', [box('1', { model: 'C' })])
    const [settled] = await world.current.assets()

    for (let round = 0; round < 10; round++) {
      for (const source of ['beta', 'gamma'] as const) {
        const run = await world.current.sync(source)
        assert.deepEqual([run.created, run.updated], [0, 0])
      }
    }

    assert.deepEqual((await world.current.assets())[0], settled)
  })
})
