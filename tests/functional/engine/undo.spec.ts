import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { CreateAsset } from '#services/inventory/create_asset'
import { DeleteAsset } from '#services/inventory/delete_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { PinField, UnpinField } from '#services/inventory/pin_field'
import { UndoChangeSet } from '#services/inventory/undo_change_set'
import { type Device } from '#tests/helpers/engine_world'
import { countStatements } from '#tests/helpers/statement_counter'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const PERSON = { userId: null, name: 'ada' }

const devices = (count: number, more: Partial<Device> = {}): Device[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index),
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
    model: 'old',
    firmware: '1',
    ...more,
  }))

test.group('Taking back', (group) => {
  const world = eachWithWorld(group)

  const values = async () =>
    db.from('assets').orderBy('id').select('id', 'hostname', 'model', 'firmware_version', 'notes', 'room', 'is_active')
  const lastSet = async () => Number((await db.from('change_sets').orderBy('id', 'desc').first()).id)
  const undo = async (id: number) => new UndoChangeSet().handle(id, PERSON)

  test('45: an undone run has its former values, and the next identical sync plans nothing', async ({ assert }) => {
    await world.current.reads('alpha', devices(3))
    const before = await values()
    await world.current.reads('alpha', [
      ...devices(3, { model: 'new' }),
      { id: '9', hostname: 'fourth', serial: 'SERIAL9' },
    ])

    const outcome = await undo(await lastSet())

    assert.equal(outcome.undone, 4)
    assert.deepEqual(
      (await values()).filter((asset) => asset.is_active),
      before
    )
    const again = await world.current.sync('alpha')
    assert.deepEqual([again.created, again.updated], [0, 0])
    assert.deepEqual(
      (await values()).filter((asset) => asset.is_active),
      before
    )
  })

  test('46: a field that a person edited since stays and is listed', async ({ assert }) => {
    await world.current.reads('alpha', devices(1))
    await world.current.reads('alpha', devices(1, { model: 'new', firmware: '2' }))
    const run = await lastSet()
    const [asset] = await world.current.assets()
    await new EditAsset().handle(Number(asset!.id), { model: 'by hand' }, PERSON)

    const outcome = await undo(run)

    assert.deepEqual(outcome.conflicts, [
      { assetId: Number(asset!.id), fields: ['model'], reason: 'somebody changed it since' },
    ])
    assert.containsSubset((await values())[0], { model: 'by hand', firmware_version: '1' })
  })

  test('47: when the source changes its mind the undone value gives way', async ({ assert }) => {
    await world.current.reads('alpha', devices(1))
    await world.current.reads('alpha', devices(1, { model: 'new' }))
    await undo(await lastSet())

    await world.current.reads('alpha', devices(1, { model: 'newest' }))

    assert.equal((await values())[0].model, 'newest')
  })

  test('47b: undoing a run in which a claim ended brings the value back, and it stays', async ({ assert }) => {
    await world.current.reads('alpha', devices(1))
    await world.current.reads('alpha', devices(1, { model: undefined }))
    assert.isNull((await values())[0].model)

    await undo(await lastSet())
    await world.current.sync('alpha')

    assert.equal((await values())[0].model, 'old')
  })

  test('an undo can be undone', async ({ assert }) => {
    await world.current.reads('alpha', devices(2))
    await world.current.reads('alpha', devices(2, { model: 'new' }))
    const after = await values()
    const outcome = await undo(await lastSet())

    await undo(outcome.changeSetId!)

    assert.deepEqual(await values(), after)
    assert.isNull(await db.from('pins').first())
  })

  test('undoing an edit gives the field back to its source, or to what was typed before', async ({ assert }) => {
    await world.current.reads('alpha', devices(1))
    const id = Number((await world.current.assets())[0]!.id)
    const first = await new EditAsset().handle(id, { hostname: 'first', notes: 'one' }, PERSON)
    const second = await new EditAsset().handle(id, { hostname: 'second', notes: 'two' }, PERSON)

    await undo(second.changeSetId!)
    assert.containsSubset((await values())[0], { hostname: 'first', notes: 'one' })
    assert.containsSubset(await db.from('pins').first(), { value: 'first', until: 'always' })

    await undo(first.changeSetId!)
    assert.containsSubset((await values())[0], { hostname: 'host-0', notes: null })
    assert.isNull(await db.from('pins').first())
  })

  test('undoing a deletion restores, undoing a creation takes out', async ({ assert }) => {
    const made = await new CreateAsset().handle(
      { hostname: 'typed', assetType: 'Server', serialNumber: 'TYPED001' },
      PERSON
    )
    const deleted = await new DeleteAsset().handle(made.assetId, PERSON)
    await undo(deleted.changeSetId)
    assert.isTrue(Boolean((await values())[0].is_active))

    await undo(made.changeSetId)
    assert.isFalse(Boolean((await values())[0].is_active))
  })

  test('a restored item whose serial another one carries by now stays out and says so', async ({ assert }) => {
    const typed = { hostname: 'typed', assetType: 'Server', serialNumber: 'TYPED001' }
    const made = await new CreateAsset().handle(typed, PERSON)
    const deleted = await new DeleteAsset().handle(made.assetId, PERSON)
    const other = await new CreateAsset().handle({ ...typed, hostname: 'other' }, PERSON)

    const outcome = await undo(deleted.changeSetId)

    assert.equal(outcome.undone, 0)
    assert.include(outcome.conflicts[0]!.reason, `already on item ${other.assetId}`)
  })

  test('a serial goes back to the item that had it, though a record of another one says it still', async ({
    assert,
  }) => {
    const [one, other] = ['00:1b:21:3c:4d:01', '00:1b:21:3c:4d:02']
    await world.current.reads('alpha', [
      { id: '1', hostname: 'a', serial: 'SER00001', base: one },
      { id: '2', hostname: 'b', serial: 'SER00002', base: other },
    ])
    await world.current.reads('alpha', [
      { id: '1', hostname: 'a', base: one },
      { id: '2', hostname: 'b', base: other, model: 'new' },
      { id: '3', hostname: 'a', serial: 'SER00002', base: one },
    ])
    const serials = async () => (await world.current.assets()).map((asset) => asset.serial_number)
    assert.deepEqual(await serials(), ['SER00002', null])

    const outcome = await undo(await lastSet())

    assert.deepEqual(outcome.conflicts, [])
    assert.deepEqual(await serials(), ['SER00001', 'SER00002'])
    const again = await world.current.sync('alpha')
    assert.deepEqual([again.created, again.updated], [0, 0])
    await undo(outcome.changeSetId!)
    assert.deepEqual(await serials(), ['SER00002', null])
  })

  test('a dry run lists what would happen and writes nothing', async ({ assert }) => {
    await world.current.reads('alpha', devices(2))
    await world.current.reads('alpha', devices(2, { model: 'new' }))
    const before = await values()

    const outcome = await new UndoChangeSet().handle(await lastSet(), PERSON, { dryRun: true })

    assert.containsSubset(outcome, { undone: 2, changeSetId: null })
    assert.deepEqual(await values(), before)
  })

  test('a large run is taken back with few statements, however many assets it touched', async ({ assert }) => {
    await world.current.reads('alpha', devices(450))
    await world.current.reads('alpha', devices(450, { firmware: '2' }))
    const run = await lastSet()

    const statements = await countStatements(() => undo(run))

    assert.isBelow(statements.length, 90)
    assert.isTrue((await values()).every((asset) => asset.firmware_version === '1'))
    const again = await world.current.sync('alpha')
    assert.equal(again.updated, 0)
  })
})

test.group('Pins', (group) => {
  const world = eachWithWorld(group)

  test('30: releasing a pin brings the value that the rules give, at once', async ({ assert }) => {
    await world.current.reads('alpha', devices(1))
    const id = Number((await world.current.assets())[0]!.id)
    await new PinField().handle(id, { field: 'hostname', value: 'pinned', reason: 'label on the box' }, PERSON)
    await world.current.reads('alpha', devices(1, { hostname: 'renamed' }))
    assert.equal((await world.current.assets())[0]!.hostname, 'pinned')

    await new UnpinField().handle(id, 'hostname', PERSON)

    assert.equal((await world.current.assets())[0]!.hostname, 'renamed')
  })

  test('a pin until the source changes gives way when it does', async ({ assert }) => {
    await world.current.reads('alpha', devices(1))
    const id = Number((await world.current.assets())[0]!.id)
    await new PinField().handle(id, { field: 'model', value: 'mine', until: 'source_change' }, PERSON)
    await world.current.reads('alpha', devices(1, { firmware: '2' }))
    assert.equal((await world.current.assets())[0]!.model, 'mine')

    await world.current.reads('alpha', devices(1, { firmware: '2', model: 'theirs' }))

    assert.equal((await world.current.assets())[0]!.model, 'theirs')
  })
})
