import { test } from '@japa/runner'
import { EditAsset } from '#services/inventory/edit_asset'
import { ListHeldPins } from '#services/inventory/list_held_pins'
import { PinField, UnpinField } from '#services/inventory/pin_field'
import { PERSON } from '#tests/helpers/decide'
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

    const held = await new ListHeldPins().handle({ limit: 10 })

    assert.lengthOf(held, 1)
    assert.containsSubset(held[0], {
      assetId: first,
      hostname: 'host-1',
      field: 'model',
      value: 'mine',
      offered: 'old',
      source: 'alpha',
      actor: 'ada',
      reason: 'label on the box',
    })
    await world.current.reads('alpha', devices({ model: 'new' }))
    assert.deepEqual(await new ListHeldPins().count(), { count: 2, exact: true })
    await new UnpinField().handle(second!, 'model', PERSON)
    await world.current.reads('alpha', devices({ model: 'mine' }))
    assert.deepEqual(await new ListHeldPins().handle({ limit: 10 }), [])
  })

  test('comes page by page, each ending with an asset', async ({ assert }) => {
    await world.current.reads('alpha', devices())
    for (const asset of await world.current.assets()) {
      await new EditAsset().handle(Number(asset.id), { model: 'mine', hostname: `named-${asset.id}` }, PERSON)
    }

    const first = await new ListHeldPins().handle({ limit: 3 })
    const rest = await new ListHeldPins().handle({ limit: 3, afterAssetId: first.at(-1)!.assetId })

    assert.lengthOf(first, 4)
    assert.lengthOf(rest, 2)
  })
})
