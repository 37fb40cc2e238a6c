import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { CreateAsset } from '#services/inventory/create_asset'
import { asUser } from '#tests/helpers/as_user'
import { assertProblem } from '#tests/helpers/problem'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'

const PERSON = { userId: null, name: 'ada' }

interface Explained {
  readonly field: string
  readonly pin: Record<string, unknown> | null
}

test.group('Pins of the API', (group) => {
  const world = eachWithWorldInApp(group)

  /** An admin and an item that a source feeds. */
  async function withItem(client: ApiClient) {
    const { token, user } = await asUser('admin')
    await world.current.reads('alpha', devices(1, { model: 'old', base: '001b213c4d5e' }))
    const id = Number((await world.current.assets())[0]!.id)
    const at = (field: string) => `/api/items/${id}/pins/${field}`
    const pin = (field: string, body: object = {}) => client.put(at(field)).bearerToken(token).json(body)
    const release = (field: string) => client.delete(at(field)).bearerToken(token)
    const pinOf = async (field: string) => {
      const response = await client.get(`/api/items/${id}/explain`).bearerToken(token)
      return response.body().find((one: Explained) => one.field === field)?.pin
    }
    return { id, token, user, pin, release, pinOf }
  }

  test('lock a field against what sources say, until they are released', async ({ assert, client }) => {
    const { id, token, user, pin, release, pinOf } = await withItem(client)

    const pinned = await pin('hostname', { value: 'pinned', reason: 'label on the box' })

    pinned.assertStatus(200)
    assert.containsSubset(pinned.body(), { id, hostname: 'pinned', revision: 2 })
    pinned.assertHeader('etag', `"${id}-2"`)
    assert.match(pinned.header('x-change-id') ?? '', /^\d+$/)
    assert.containsSubset(await pinOf('hostname'), {
      value: 'pinned',
      until: 'always',
      reason: 'label on the box',
      actor: user.username,
    })
    await world.current.reads('alpha', devices(1, { hostname: 'renamed' }))
    assert.equal((await world.current.assets())[0]!.hostname, 'pinned')

    const released = await release('hostname')

    released.assertStatus(204)
    assert.match(released.header('x-change-id') ?? '', /^\d+$/)
    const item = await client.get(`/api/items/${id}`).bearerToken(token)
    assert.equal(item.body().hostname, 'renamed')
    assert.isNull(await pinOf('hostname'))
  })

  test('and the explanation write a MAC address as the item does', async ({ assert, client }) => {
    const { id, token, pin, pinOf } = await withItem(client)

    await pin('mac_address', { value: '788a.2062.ff01' })

    assert.containsSubset(await pinOf('mac_address'), { value: '78:8A:20:62:FF:01' })
    const explained = await client.get(`/api/items/${id}/explain`).bearerToken(token)
    const mac = explained.body().find((one: Explained) => one.field === 'mac_address')
    assert.equal(mac.value, '78:8A:20:62:FF:01')
    assert.equal(mac.claims[0].value, '00:1B:21:3C:4D:5E')
    assert.equal(mac.held.value, '00:1B:21:3C:4D:5E')
  })

  test('leave the explanation to name the run of each claim, and what is held back', async ({ assert, client }) => {
    const { id, token, pin } = await withItem(client)
    const { id: run } = await world.current.reads('alpha', devices(1, { model: 'new', base: '001b213c4d5e' }))
    await world.current.sync('alpha')
    const explain = async () => {
      const response = await client.get(`/api/items/${id}/explain`).bearerToken(token)
      return response.body().find((one: Explained) => one.field === 'model')
    }

    const free = await explain()
    await pin('model', { value: 'mine' })
    const pinned = await explain()

    assert.containsSubset(free, { value: 'new', run_id: run, claims: [{ run_id: run }], held: null })
    assert.containsSubset(pinned, { value: 'mine', run_id: null, claims: [{ run_id: run }] })
    assert.deepEqual(pinned.held, { value: 'new', source: 'alpha', since: free.since })
  })

  test('hold the present value where none is given', async ({ assert, client }) => {
    const { pin } = await withItem(client)

    const pinned = await pin('model')

    assert.equal(pinned.body().model, 'old')
    await world.current.reads('alpha', devices(1, { model: 'new' }))
    assert.equal((await world.current.assets())[0]!.model, 'old')
  })

  test('give way when the source changes its mind, or on a day, if they are to', async ({ assert, client }) => {
    const { pin, pinOf } = await withItem(client)

    await pin('model', { value: 'mine', until: 'source_change' })
    await pin('vendor', { value: 'Acme', until: '2999-01-31' })

    assert.equal((await pinOf('vendor')).until, '2999-01-31T00:00:00.000Z')
    await world.current.reads('alpha', devices(1, { model: 'theirs' }))
    const [asset] = await world.current.assets()
    assert.containsSubset(asset, { model: 'theirs', vendor: 'Acme' })
  })

  test('take values as items take them', async ({ assert, client }) => {
    const { pin } = await withItem(client)

    const mac = await pin('mac_address', { value: '00-1B-21-3C-4D-5F' })
    const type = await pin('item_type', { value: 'Router' })
    const emptied = await pin('model', { value: ' ' })

    assert.equal(mac.body().mac_address, '00:1B:21:3C:4D:5F')
    assert.equal(type.body().item_type, 'Router')
    assert.isNull(emptied.body().model)
  })

  test('refuse values that an item would refuse', async ({ assert, client }) => {
    const { pin } = await withItem(client)
    const typed = { hostname: 'typed', assetType: 'Server', serialNumber: 'TYPED001' }
    const { assetId } = await new CreateAsset().handle(typed, PERSON)
    const refusals = [
      ['mac_address', { value: 'zz' }, 'value', 'macAddress'],
      ['ip_address', { value: '300.1.1.1' }, 'value', 'ipAddress'],
      ['hostname', { value: null }, 'value', 'required'],
      ['hostname', { value: 'x'.repeat(254) }, 'value', 'maxLength'],
      ['hostname', { value: 7 }, 'value', 'string'],
      ['item_type', { value: 'Toaster' }, 'item_type', 'exists'],
      ['model', { until: 'tomorrow' }, 'until', 'pinEnd'],
      ['model', { until: '2001-01-01' }, 'until', 'pinEnd'],
      ['model', { colour: 'red' }, 'colour', 'unknown'],
    ] as const

    for (const [field, body, ...fault] of refusals) {
      assertProblem(assert, await pin(field, body), { status: 422, faults: [fault] })
    }
    const taken = await pin('serial_number', { value: 'typed001' })
    assertProblem(assert, taken, { status: 409, code: 'E_VALUE_TAKEN', faults: [['serial_number', 'unique']] })
    assert.equal(taken.body().item_id, assetId)
  })

  test('are only of fields that sources feed, by the names of the API', async ({ assert, client }) => {
    const { pin, release } = await withItem(client)

    for (const field of ['asset_tag', 'room_location', 'notes', 'status']) {
      assertProblem(assert, await pin(field, { value: 'x' }), { status: 422, faults: [[field, 'pinnable']] })
      assertProblem(assert, await release(field), { status: 422, faults: [[field, 'pinnable']] })
    }
    for (const field of ['colour', 'serialNumber', 'asset_type', 'id']) {
      const refused = await pin(field, { value: 'x' })
      assertProblem(assert, refused, { status: 404, code: 'E_FIELD_NOT_FOUND' })
      assert.include(refused.body().detail, field)
    }
    const unknown = await client
      .put('/api/items/999999999/pins/model')
      .bearerToken((await asUser('admin')).token)
      .json({ value: 'x' })
    assertProblem(assert, unknown, { status: 404, code: 'E_ASSET_NOT_FOUND' })
  })

  test('are refused when the item changed since it was read', async ({ assert, client }) => {
    const { id, token, pin } = await withItem(client)
    await pin('model', { value: 'mine' })
    const path = `/api/items/${id}/pins/model`
    const stale = `"${id}-1"`

    const pinned = await client.put(path).bearerToken(token).header('If-Match', stale).json({ value: 'yours' })
    const released = await client.delete(path).bearerToken(token).header('If-Match', stale)

    assertProblem(assert, pinned, { status: 412 })
    assertProblem(assert, released, { status: 412 })
    assert.equal((await world.current.assets())[0]!.model, 'mine')
  })

  test('change nothing when what is not pinned is released', async ({ assert, client }) => {
    const { id, token, release } = await withItem(client)

    const released = await release('model')

    released.assertStatus(204)
    assert.isUndefined(released.header('x-change-id'))
    assert.equal((await client.get(`/api/items/${id}`).bearerToken(token)).body().revision, 1)
  })
})
