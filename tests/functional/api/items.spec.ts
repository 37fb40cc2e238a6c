import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { asUser, type SignedIn } from '#tests/helpers/as_user'
import { addNames } from '#tests/helpers/lists'
import { assertProblem } from '#tests/helpers/problem'
import { sendRaw } from '#tests/helpers/raw_request'

const ITEM = { hostname: 'lab-sw-014', item_type: 'Switch' }

/** Adds an item and answers it. */
async function addItem(client: ApiClient, { token }: SignedIn, values: object = {}) {
  const response = await client
    .post('/api/items')
    .bearerToken(token)
    .json({ ...ITEM, ...values })
  response.assertStatus(201)
  return response.body()
}

test.group('POST /api/items', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('answers the whole item, where it is, its version and the change it made', async ({ assert, client }) => {
    const admin = await asUser('admin')

    const response = await client
      .post('/api/items')
      .bearerToken(admin.token)
      .json({
        ...ITEM,
        serial_number: 'FOC2140X0QK',
        mac_address: '001b.213c.4d5e',
        asset_tag: 'LAB-0017',
        room_location: '2265',
        sub_location: 'Rack 1',
        ip_address: '192.0.2.14',
        vendor: 'Cisco',
        model: 'WS-C2960X-48FPD-L',
        firmware_version: '15.2(7)E',
      })

    response.assertStatus(201)
    const { id, created_at: createdAt, updated_at: updatedAt, ...rest } = response.body()
    assert.deepEqual(rest, {
      hostname: 'lab-sw-014',
      serial_number: 'FOC2140X0QK',
      mac_address: '00:1B:21:3C:4D:5E',
      asset_tag: 'LAB-0017',
      item_type: 'Switch',
      room_location: '2265',
      sub_location: 'Rack 1',
      notes: null,
      status: 'in_use',
      presence: 'unknown',
      ip_address: '192.0.2.14',
      vendor: 'Cisco',
      model: 'WS-C2960X-48FPD-L',
      firmware_version: '15.2(7)E',
      source: 'manual',
      source_id: null,
      last_synced_at: null,
      is_active: true,
      revision: 1,
    })
    for (const time of [createdAt, updatedAt]) {
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
    }
    response.assertHeader('location', `/api/items/${id}`)
    assert.match(response.header('etag')!, /^"[^"]+"$/)
    const change = await db.from('change_sets').where('id', response.header('x-change-id')!).first()
    assert.containsSubset(change, { kind: 'create', user_id: admin.user.id })
  })

  test('refuses each bad field by its name and rule', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const cases: [object, [string, string]][] = [
      [{ hostname: undefined }, ['hostname', 'required']],
      [{ hostname: '' }, ['hostname', 'required']],
      [{ hostname: '   ' }, ['hostname', 'minLength']],
      [{ hostname: 'x'.repeat(254) }, ['hostname', 'maxLength']],
      [{ hostname: 'a\u0000b' }, ['hostname', 'plainText']],
      [{ hostname: 'a\nb' }, ['hostname', 'plainText']],
      [{ hostname: 17 }, ['hostname', 'string']],
      [{ hostname: ['a'] }, ['hostname', 'string']],
      [{ item_type: undefined }, ['item_type', 'required']],
      [{ item_type: 'Toaster' }, ['item_type', 'exists']],
      [{ room_location: '9999' }, ['room_location', 'exists']],
      [{ mac_address: 'zz' }, ['mac_address', 'macAddress']],
      [{ mac_address: 'ff:ff:ff:ff:ff:ff' }, ['mac_address', 'macAddress']],
      [{ ip_address: '300.1.1.1' }, ['ip_address', 'ipAddress']],
      [{ status: 'broken' }, ['status', 'enum']],
      [{ status: null }, ['status', 'required']],
      [{ id: 9 }, ['id', 'unknown']],
      [{ revision: 9 }, ['revision', 'unknown']],
      [{ source: 'manual' }, ['source', 'unknown']],
      [{ nope: 1 }, ['nope', 'unknown']],
      [{ ['constructor']: 1 }, ['constructor', 'unknown']],
    ]

    for (const [values, fault] of cases) {
      const response = await client
        .post('/api/items')
        .bearerToken(token)
        .json({ ...ITEM, ...values })
      assertProblem(assert, response, { status: 422, faults: [fault] })
    }
    assert.deepEqual(await db.from('assets').select('id'), [])
  })

  test('names all faults at once', async ({ assert, client }) => {
    const { token } = await asUser('admin')

    const response = await client
      .post('/api/items')
      .bearerToken(token)
      .json({ hostname: 4, mac_address: 'zz', nope: 1 })

    assertProblem(assert, response, {
      status: 422,
      faults: [
        ['nope', 'unknown'],
        ['hostname', 'string'],
        ['item_type', 'required'],
        ['mac_address', 'macAddress'],
      ],
    })
  })

  test('refuses bodies that are no JSON object', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const post = (type: string, body: string) =>
      sendRaw('POST', '/api/items', { 'Authorization': `Bearer ${token}`, 'Content-Type': type }, body)

    for (const body of ['{"a":', '{"a":1}}', '{a:1}', 'hostname']) {
      const broken = await post('application/json', body)
      assert.equal(broken.status, 400, body)
      assert.equal(broken.headers.get('content-type'), 'application/problem+json; charset=utf-8')
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const other = await post(type, 'hostname=a')
      assert.equal(other.status, 415, type)
      assert.equal(other.body.code, 'E_UNSUPPORTED_MEDIA_TYPE')
    }
    for (const body of ['"lab-sw-014"', '17', 'null', 'true']) {
      const value = await post('application/json', body)
      assert.equal(value.status, 422, body)
    }
    const list = await client.post('/api/items').bearerToken(token).json([ITEM])
    assertProblem(assert, list, { status: 422 })
    const nothing = await client.post('/api/items').bearerToken(token)
    assertProblem(assert, nothing, { status: 422 })
  })

  test('says which item holds a serial, MAC or tag', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const holder = await addItem(client, admin, {
      serial_number: 'FOC1111AAAA',
      mac_address: '001b213c4d5e',
      asset_tag: 'T-1',
    })
    const cases: [object, string][] = [
      [{ serial_number: 'foc1111aaaa' }, 'serial_number'],
      [{ mac_address: '00-1B-21-3C-4D-5E' }, 'mac_address'],
      [{ asset_tag: 't-1' }, 'asset_tag'],
    ]

    for (const [values, field] of cases) {
      const response = await client
        .post('/api/items')
        .bearerToken(admin.token)
        .json({ ...ITEM, ...values })
      assertProblem(assert, response, { status: 409, faults: [[field, 'unique']] })
      assert.equal(response.body().item_id, holder.id)
      assert.include(response.body().detail, holder.hostname)
    }
  })
})

test.group('PUT and PATCH /api/items/{id}', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('change what the body names, empty what it sets to null, and count the revision', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const item = await addItem(client, admin, { notes: 'old', vendor: 'Cisco' })

    for (const method of ['PUT', 'PATCH']) {
      const before = await client.get(`/api/items/${item.id}`).bearerToken(admin.token)
      const response = await client
        .request(`/api/items/${item.id}`, method)
        .bearerToken(admin.token)
        .json({ notes: method, sub_location: null })

      response.assertStatus(200)
      assert.containsSubset(response.body(), { ...ITEM, vendor: 'Cisco', notes: method, sub_location: null })
      assert.equal(response.body().revision, before.body().revision + 1)
      assert.notEqual(response.header('etag'), before.header('etag'))
      assert.exists(response.header('x-change-id'))
    }
  })

  test('change nothing and make no change set where nothing differs', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const item = await addItem(client, admin, { notes: 'same' })

    const response = await client.put(`/api/items/${item.id}`).bearerToken(admin.token).json({ notes: 'same' })

    response.assertStatus(200)
    assert.equal(response.body().revision, item.revision)
    assert.isUndefined(response.header('x-change-id'))
  })

  test('are refused where somebody else was faster', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const item = await addItem(client, admin)
    const read = await client.get(`/api/items/${item.id}`).bearerToken(admin.token)
    const put = (notes: string, tag: string) =>
      client.put(`/api/items/${item.id}`).bearerToken(admin.token).header('If-Match', tag).json({ notes })

    const first = await put('mine', read.header('etag')!)
    const second = await put('yours', read.header('etag')!)

    first.assertStatus(200)
    assertProblem(assert, second, { status: 412, code: 'E_STALE_REVISION' })
    assertProblem(assert, await put('x', 'W/"1"'), { status: 412 })
    assertProblem(assert, await put('x', 'nonsense'), { status: 412 })
    const any = await put('any', '*')
    any.assertStatus(200)
    const oneOfSeveral = await put('listed', `"other", ${any.header('etag')}`)
    oneOfSeveral.assertStatus(200)
  })

  test('cannot take away what an item must have', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const item = await addItem(client, admin)

    for (const field of ['hostname', 'item_type', 'status']) {
      const response = await client
        .patch(`/api/items/${item.id}`)
        .bearerToken(admin.token)
        .json({ [field]: null })
      assertProblem(assert, response, { status: 422, faults: [[field, 'required']] })
    }
  })

  test('know no item of an id that none has', async ({ assert, client }) => {
    const { token } = await asUser('admin')

    for (const id of ['0', '-1', '1e99', 'abc', '1%20or%201=1', '2147483648', '99999999999999999999', '%00']) {
      const path = `/api/items/${id}`
      assertProblem(assert, await client.get(path).bearerToken(token), { status: 404 })
      assertProblem(assert, await client.patch(path).bearerToken(token).json({ notes: 'x' }), { status: 404 })
      assertProblem(assert, await client.delete(path).bearerToken(token), { status: 404 })
    }
    assertProblem(assert, await client.get('/api/items/999999999').bearerToken(token), {
      status: 404,
      code: 'E_ASSET_NOT_FOUND',
    })
  })
})

test.group('DELETE /api/items/{id} and its way back', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('take an item from the list, and bring it back', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const item = await addItem(client, admin, { serial_number: 'FOC1111AAAA' })
    const listed = async (query: string) => {
      const response = await client.get(`/api/items?${query}`).bearerToken(admin.token)
      return response.body().map((one: { id: number }) => one.id)
    }

    const deleted = await client.delete(`/api/items/${item.id}`).bearerToken(admin.token)

    deleted.assertStatus(204)
    assert.exists(deleted.header('x-change-id'))
    assert.deepEqual(await listed(''), [])
    assert.deepEqual(await listed('active_only=false'), [item.id])
    const one = await client.get(`/api/items/${item.id}`).bearerToken(admin.token)
    assert.isFalse(one.body().is_active)

    const restored = await client.post(`/api/items/${item.id}/restore`).bearerToken(admin.token)
    restored.assertStatus(200)
    assert.isTrue(restored.body().is_active)
    assert.deepEqual(await listed(''), [item.id])
  })

  test('change nothing of a deleted item', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const { id } = await addItem(client, admin)
    await client.delete(`/api/items/${id}`).bearerToken(admin.token)

    const response = await client.put(`/api/items/${id}`).bearerToken(admin.token).json({ notes: 'too late' })

    assertProblem(assert, response, { status: 404, code: 'E_ASSET_NOT_FOUND' })
  })

  test('give the serial of a deleted item free', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const item = await addItem(client, admin, { serial_number: 'FOC1111AAAA' })
    await client.delete(`/api/items/${item.id}`).bearerToken(admin.token)

    const heir = await addItem(client, admin, { serial_number: 'FOC1111AAAA' })
    const restored = await client.post(`/api/items/${item.id}/restore`).bearerToken(admin.token)

    assertProblem(assert, restored, { status: 409, faults: [['serial_number', 'unique']] })
    assert.equal(restored.body().item_id, heir.id)
  })

  test('respect If-Match', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const item = await addItem(client, admin)
    const stale = await client.get(`/api/items/${item.id}`).bearerToken(admin.token)
    await client.put(`/api/items/${item.id}`).bearerToken(admin.token).json({ notes: 'newer' })

    const response = await client
      .delete(`/api/items/${item.id}`)
      .bearerToken(admin.token)
      .header('If-Match', stale.header('etag')!)

    assertProblem(assert, response, { status: 412 })
  })
})

test.group('Headers of the API', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('forbid caches and carry the id of the request, also on errors', async ({ assert, client }) => {
    const { token } = await asUser('viewer')

    for (const path of ['/api/me', '/api/items/0', '/api/nothing']) {
      const response = await client.get(path).bearerToken(token)
      response.assertHeader('cache-control', 'no-store')
      assert.exists(response.header('x-request-id'))
    }
  })
})
