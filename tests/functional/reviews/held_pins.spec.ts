import { test } from '@japa/runner'
import { EditAsset } from '#services/inventory/edit_asset'
import { ListPins } from '#services/inventory/list_pins'
import { PinField, UnpinField } from '#services/inventory/pin_field'
import { ReleasePins } from '#services/inventory/release_pins'
import { PERSON, undo } from '#tests/helpers/decide'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const devices = (more: Partial<Device> = {}): Device[] =>
  [1, 2, 3].map((index) => ({
    id: `${index}`,
    hostname: `host-${index}`,
    serial: `SERIAL${index}0`,
    model: 'old',
    ...more,
  }))

test.group('What pins hold back', (group) => {
  const world = eachWithWorld(group)

  test('is listed once, with what the source says, until the pin goes or the source agrees', async ({ assert }) => {
    await world.current.reads('alpha', devices())
    const [first, second, third] = (await world.current.assets()).map((asset) => Number(asset.id))
    await new EditAsset().handle(first!, { model: 'mine', notes: 'free' }, PERSON, { reason: 'label on the box' })
    await new PinField().handle(second!, { field: 'model' }, PERSON)
    await new EditAsset().handle(third!, { vendor: 'typed' }, PERSON)

    const held = await new ListPins().held({ limit: 10 })

    assert.lengthOf(held, 1)
    assert.containsSubset(held[0], {
      assetId: first,
      hostname: 'host-1',
      field: 'model',
      value: 'mine',
      held: { value: 'old', source: 'alpha' },
      actor: 'ada',
      reason: 'label on the box',
    })
    await world.current.reads('alpha', devices({ model: 'new' }))
    assert.deepEqual(await new ListPins().count({ isHeld: true }), { count: 2, exact: true })
    await new UnpinField().handle(second!, 'model', PERSON)
    await world.current.reads('alpha', devices({ model: 'mine' }))
    assert.deepEqual(await new ListPins().held({ limit: 10 }), [])
  })

  test('comes page by page, also in the middle of an asset', async ({ assert }) => {
    await world.current.reads('alpha', devices())
    for (const asset of await world.current.assets()) {
      await new EditAsset().handle(Number(asset.id), { model: 'mine', hostname: `named-${asset.id}` }, PERSON)
    }

    const first = await new ListPins().held({ limit: 3 })
    const rest = await new ListPins().held({ limit: 3, after: first.at(-1)! })

    const placeOf = ({ assetId, field }: { assetId: number; field: string }) => `${assetId} ${field}`
    assert.lengthOf(first, 3)
    assert.lengthOf(rest, 3)
    const all = await new ListPins().held({ limit: 10 })
    assert.deepEqual([...first, ...rest].map(placeOf), all.map(placeOf))
  })

  test('is released by field, by one change set that gives the pins back', async ({ assert }) => {
    await world.current.reads('alpha', devices())
    for (const asset of await world.current.assets()) {
      await new EditAsset().handle(Number(asset.id), { model: 'mine', hostname: `named-${asset.id}` }, PERSON)
    }
    const values = async (field: string) => (await world.current.assets()).map((asset) => asset[field])

    const outcome = await new ReleasePins(new ListPins()).matching({ field: 'model', isHeld: true }, PERSON)

    assert.equal(outcome.changed, 3)
    assert.deepEqual(await values('model'), ['old', 'old', 'old'])
    assert.deepEqual(await new ListPins().count({ isHeld: true }), { count: 3, exact: true })
    await undo(outcome.changeSetId)
    assert.deepEqual(await values('model'), ['mine', 'mine', 'mine'])
    assert.deepEqual(await new ListPins().count({ isHeld: true }), { count: 6, exact: true })
  })

  test('is told apart from pins that agree with the sources', async ({ assert }) => {
    await world.current.reads('alpha', devices())
    const [first, second] = (await world.current.assets()).map((asset) => Number(asset.id))
    await new PinField().handle(first!, { field: 'model' }, PERSON)
    await new PinField().handle(second!, { field: 'model', value: 'mine' }, PERSON)

    const pins = await new ListPins().handle({ limit: 10 })

    assert.deepEqual(
      pins.map(({ assetId, held }) => [assetId, held?.value ?? null]),
      [
        [first, null],
        [second, 'old'],
      ]
    )
    assert.lengthOf(await new ListPins().handle({ limit: 10, source: 'beta' }), 0)
    assert.lengthOf(await new ListPins().handle({ limit: 10, source: 'alpha' }), 1)
  })
})
