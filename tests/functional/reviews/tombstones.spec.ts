import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { AssetNotFound, ValueTaken } from '#core/assets/errors'
import { CreateAsset } from '#services/inventory/create_asset'
import { DeleteAsset } from '#services/inventory/delete_asset'
import { DropTombstone } from '#services/inventory/drop_tombstone'
import { ListTombstones } from '#services/inventory/list_tombstones'
import { MergeAssets } from '#services/inventory/merge_assets'
import { RestoreAsset } from '#services/inventory/restore_asset'
import { openReviews, PERSON, undo } from '#tests/helpers/decide'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const M = (digit: number) => `00:1b:21:3c:4d:0${digit}`
const BOX: Device = { id: '1', hostname: 'box', serial: 'GONE0001', base: M(1), model: 'A' }

test.group('What was deleted on purpose', (group) => {
  const world = eachWithWorld(group)

  const remove = async () => {
    await world.current.reads('alpha', [BOX])
    const [asset] = await world.current.assets()
    const { changeSetId } = await new DeleteAsset().handle(Number(asset!.id), PERSON, { reason: 'scrapped' })
    return { id: Number(asset!.id), changeSetId }
  }
  const drop = (id: number) => new DropTombstone(new RestoreAsset()).handle(id, PERSON)

  for (const [how, device] of [
    ['with news from its source', { ...BOX, model: 'B' }],
    ['under a new key of its source', { ...BOX, id: '77' }],
    ['with its serial alone under a new key', { id: '78', hostname: 'other', serial: 'gone0001' }],
    ['with its base address alone under a new key', { id: '79', hostname: 'other', base: M(1) }],
  ] as const) {
    test(`stays away ${how}`, async ({ assert }) => {
      await remove()

      const run = await world.current.reads('alpha', [device])

      assert.deepEqual([run.created, run.held], [0, 0])
      assert.lengthOf(await world.current.assets(), 0)
      assert.isTrue((await world.current.records()).every((record) => record.link_state === 'excluded'))
      assert.lengthOf(await openReviews(), 0)
    })
  }

  test('stays away when another source reports it, for ever', async ({ assert }) => {
    const { id } = await remove()

    for (const firmware of ['1', '2', '3']) {
      await world.current.reads('beta', [{ id: '10.0.0.1', hostname: 'b', serial: 'GONE0001', firmware }])
    }

    assert.lengthOf(await world.current.assets(), 0)
    assert.containsSubset(await world.current.records(), [
      { native_id: '10.0.0.1', asset_id: id, link_state: 'excluded' },
    ])
  })

  test('typed by a person and never seen by a source, it stays away too', async ({ assert }) => {
    const typed = { hostname: 'typed', assetType: 'Server', serialNumber: 'TYPED001', macAddress: '001b213c4d05' }
    const { assetId } = await new CreateAsset().handle(typed, PERSON)
    await new DeleteAsset().handle(assetId, PERSON)

    await world.current.reads('alpha', [
      { id: '1', hostname: 'a', serial: 'TYPED001' },
      { id: '2', hostname: 'b', macs: [M(5)] },
    ])

    assert.lengthOf(await world.current.assets(), 0)
    const again = await new CreateAsset().handle(typed, PERSON)
    assert.lengthOf(await world.current.assets(), 1)
    await assert.rejects(() => drop(assetId), ValueTaken)
    assert.notEqual(again.assetId, assetId)
  })

  test('other hardware that shares nothing is not kept away', async ({ assert }) => {
    await remove()

    await world.current.reads('alpha', [BOX, { id: '2', hostname: 'box', serial: 'NEW00002', base: M(2) }])

    assert.deepEqual(
      (await world.current.assets()).map((asset) => asset.serial_number),
      ['NEW00002']
    )
  })

  test('added again by hand, its ignored records link to the new asset', async ({ assert }) => {
    await remove()

    const made = await new CreateAsset().handle(
      { hostname: 'again', assetType: 'Server', serialNumber: 'GONE0001' },
      PERSON
    )

    const { assetId } = made
    assert.containsSubset(await world.current.assets(), [
      { id: assetId, hostname: 'again', model: 'A', source: 'merged' },
    ])
    const run = await world.current.reads('alpha', [{ ...BOX, model: 'B' }])
    assert.deepEqual([run.created, run.updated], [0, 1])
    await undo(made.changeSetId)
    assert.lengthOf(await world.current.assets(), 0)
    await world.current.reads('alpha', [{ ...BOX, model: 'C' }])
    assert.lengthOf(await world.current.assets(), 0)
  })

  test('is listed with what it keeps away', async ({ assert }) => {
    const { id } = await remove()
    await world.current.reads('beta', [{ id: '10.0.0.1', hostname: 'b', serial: 'GONE0001' }])

    const tombstones = await new ListTombstones().handle({ limit: 10 })

    assert.containsSubset(tombstones, [
      {
        id,
        hostname: 'box',
        deletedBy: 'ada',
        reason: 'scrapped',
        identifiers: ['mac 001b213c4d01', 'serial GONE0001'],
        records: [
          { source: 'alpha', nativeId: '1' },
          { source: 'beta', nativeId: '10.0.0.1' },
        ],
      },
    ])
    assert.equal(await new ListTombstones().count(), 1)
  })

  test('brought back, its ignored records link again', async ({ assert }) => {
    const { id } = await remove()
    await world.current.reads('beta', [{ id: '10.0.0.1', hostname: 'b', serial: 'GONE0001', firmware: '9' }])

    await drop(id)

    assert.containsSubset(await world.current.assets(), [{ id, model: 'A', firmware_version: '9', source: 'merged' }])
    assert.isTrue((await world.current.records()).every((record) => record.link_state === 'linked'))
    assert.isNull(await db.from('asset_identifiers').where('strength', 'former').first())
    const run = await world.current.sync('all')
    assert.deepEqual([run.created, run.updated], [0, 0])
    await assert.rejects(() => drop(id), AssetNotFound)
  })

  test('a deletion taken back links its records again', async ({ assert }) => {
    const { id, changeSetId } = await remove()

    await undo(changeSetId)

    assert.containsSubset(await world.current.assets(), [{ id, serial_number: 'GONE0001' }])
    const run = await world.current.reads('alpha', [{ ...BOX, model: 'B' }])
    assert.deepEqual([run.created, run.updated], [0, 1])
  })

  test('a merged asset is no tombstone', async ({ assert }) => {
    await world.current.reads('alpha', [BOX, { id: '2', hostname: 'two', serial: 'TWO00002' }])
    const [first, second] = (await world.current.assets()).map((asset) => Number(asset.id))

    await new MergeAssets().handle(second!, { into: first! }, PERSON)

    assert.deepEqual(await new ListTombstones().handle({ limit: 10 }), [])
  })

  test('a creation by a person that was taken back keeps nobody away', async ({ assert }) => {
    const made = await new CreateAsset().handle(
      { hostname: 'oops', assetType: 'Server', serialNumber: 'GONE0001' },
      PERSON
    )
    await undo(made.changeSetId)

    await world.current.reads('alpha', [BOX])

    assert.deepEqual(
      (await world.current.assets()).map((asset) => asset.hostname),
      ['box']
    )
  })
})
