import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { findContradictions } from '#tests/helpers/json_schema'
import { assertProblem } from '#tests/helpers/problem'
import { eachWithWorldInApp } from '#tests/helpers/world_in_app'

const MAC = '00:1b:21:3c:4d:01'
const BY_SERIAL = { id: '1', hostname: 'box', serial: 'SER00001', model: 'A' }
const BY_MAC = { id: '2', hostname: 'box-b', base: MAC, firmware: '7' }
const BY_BOTH = { id: '3', hostname: 'box', serial: 'SER00001', base: MAC }

test.group('Reviews of the API', (group) => {
  const world = eachWithWorldInApp(group)

  /** Two items that a third record says are one device: a question for the admin. */
  async function withQuestion(client: ApiClient) {
    const { token, user } = await asUser('admin')
    await world.current.reads('alpha', [BY_SERIAL])
    await world.current.reads('alpha', [BY_SERIAL, BY_MAC])
    await world.current.reads('alpha', [BY_SERIAL, BY_MAC, BY_BOTH])
    const [first, second] = await world.current.assets()
    const list = (query = '') => client.get(`/api/reviews${query}`).bearerToken(token)
    const [review] = (await list()).body()
    const resolve = (body: object) => client.post(`/api/reviews/${review.id}/resolve`).bearerToken(token).json(body)
    return { token, user, first: Number(first!.id), second: Number(second!.id), review, list, resolve }
  }

  test('say what is asked, of whom, and which verdicts answer it', async ({ assert, client }) => {
    const { review, list, token, first } = await withQuestion(client)

    const all = await list()

    assert.equal(all.header('x-total-count'), '1')
    assert.containsSubset(review, { kind: 'merge_candidate', state: 'open', verdicts: ['same', 'different', 'later'] })
    assert.isAbove(review.sentence.length, 20)
    assert.equal(review.survivor_id, first)
    assert.includeMembers(
      review.parties.map(({ kind, title }: { kind: string; title: string }) => `${kind} ${title}`),
      ['item box', 'item box-b', 'record box']
    )
    const one = await client.get(`/api/reviews/${review.id}`).bearerToken(token)
    assert.deepEqual(one.body(), review)
    assert.deepEqual((await list('?kind=identity_drift')).body(), [])
    assert.deepEqual((await list('?state=resolved')).body(), [])
  })

  test('are carried out by their answer, which can be taken back', async ({ assert, client }) => {
    const { resolve, list, first, second, token } = await withQuestion(client)

    const preview = await resolve({ verdict: 'same', dry_run: true })
    assert.containsSubset(preview.body(), { item_id: first, change_id: null })
    assert.lengthOf(await world.current.assets(), 2)
    const answer = await resolve({ verdict: 'same' })

    answer.assertStatus(200)
    const { change_id: change } = answer.body()
    assert.containsSubset(answer.body(), { state: 'resolved', item_id: first, merges: [{ absorbed_id: second }] })
    answer.assertHeader('x-change-id', String(change))
    assert.lengthOf(await world.current.assets(), 1)
    assert.deepEqual((await list()).body(), [])
    const again = await resolve({ verdict: 'same' })
    assertProblem(assert, again, { status: 409, code: 'E_REVIEW_CLOSED' })
    const undone = await client.post(`/api/changes/${change}/undo`).bearerToken(token)
    undone.assertStatus(200)
    assert.lengthOf(await world.current.assets(), 2)
    assert.lengthOf((await list()).body(), 1)
  })

  test('refuse answers that do not fit, and who may not answer', async ({ assert, client }) => {
    const { resolve, list, review } = await withQuestion(client)
    const viewer = await asUser('viewer')

    const cases = [
      [{ verdict: 'approve' }, ['verdict', 'enum']],
      [{ verdict: 'perhaps' }, ['verdict', 'enum']],
      [{ verdict: 'same', survivor: 999_999 }, ['survivor', 'enum']],
      [{}, ['verdict', 'required']],
    ] as const
    for (const [body, fault] of cases) {
      assertProblem(assert, await resolve(body), { status: 422, faults: [fault] })
    }
    assertProblem(assert, await list('?kind=gossip'), { status: 422, faults: [['kind', 'enum']] })
    const path = `/api/reviews/${review.id}/resolve`
    const refused = await client.post(path).bearerToken(viewer.token).json({ verdict: 'same' })
    assertProblem(assert, refused, { status: 403 })
    const unknown = await client.get('/api/reviews/999999999').bearerToken(viewer.token)
    assertProblem(assert, unknown, { status: 404, code: 'E_REVIEW_NOT_FOUND' })
  })

  test('are as the OpenAPI document says, with merges, splits, pins and tombstones', async ({ assert, client }) => {
    const { review, resolve, token, first } = await withQuestion(client)
    const document = (await client.get('/api/openapi.json')).body()
    const resolved = (await resolve({ verdict: 'same' })).body()
    const [record] = review.parties.filter(({ kind }: { kind: string }) => kind === 'record')
    const path = `/api/items/${first}/split`
    const split = (
      await client
        .post(path)
        .bearerToken(token)
        .json({ records: [record.id], dry_run: true })
    ).body()
    const answers = [
      ['/api/reviews/{id}', 'get', review],
      ['/api/reviews/{id}/resolve', 'post', resolved],
      ['/api/items/{id}/split', 'post', split],
    ] as const

    for (const [address, method, body] of answers) {
      const { schema } = document.paths[address][method].responses[200].content['application/json']
      assert.deepEqual(findContradictions(body, schema, address, document), [])
    }
  })
})

test.group('Merge and split through the API', (group) => {
  const world = eachWithWorldInApp(group)

  async function withTwo(client: ApiClient) {
    const { token } = await asUser('admin')
    await world.current.reads('alpha', [BY_SERIAL, BY_MAC])
    const [first, second] = (await world.current.assets()).map((asset) => Number(asset.id)) as [number, number]
    const merge = (id: number, body: object) => client.post(`/api/items/${id}/merge`).bearerToken(token).json(body)
    const split = (id: number, body: object) => client.post(`/api/items/${id}/split`).bearerToken(token).json(body)
    const item = async (id: number) => (await client.get(`/api/items/${id}`).bearerToken(token)).body()
    return { token, first, second, merge, split, item }
  }

  test('join two items and take them apart again', async ({ assert, client }) => {
    const { first, second, merge, split, item, token } = await withTwo(client)

    const preview = await merge(second, { into: first, dry_run: true })
    assert.containsSubset(preview.body(), { item_id: first, absorbed_id: second, change_id: null })
    assert.isTrue((await item(second)).is_active)
    const merged = await merge(second, { into: first, reason: 'same box' })

    merged.assertStatus(200)
    assert.containsSubset(merged.body(), {
      after: { firmware_version: '7', mac_address: '00:1B:21:3C:4D:01' },
      conflicts: [{ field: 'hostname', kept: 'box', dropped: 'box-b' }],
    })
    merged.assertHeader('x-change-id', String(merged.body().change_id))
    assert.isFalse((await item(second)).is_active)
    const explained = (await client.get(`/api/items/${first}/explain`).bearerToken(token)).body()
    const claims = explained.flatMap((one: { claims: object[] }) => one.claims)
    const { record_id: record } = claims.find((claim: { native_id: string }) => claim.native_id === '2')

    const apart = await split(first, { records: [record] })

    assert.containsSubset(apart.body(), { item_id: first, split_id: second, revived: true, records: [record] })
    apart.assertHeader('x-change-id', String(apart.body().change_id))
    assert.containsSubset(await item(second), { is_active: true, hostname: 'box-b' })
  })

  test('refuse what cannot be joined or taken apart', async ({ assert, client }) => {
    const { first, second, merge, split } = await withTwo(client)

    assertProblem(assert, await merge(first, { into: first }), { status: 422, faults: [['into', 'other']] })
    assertProblem(assert, await merge(first, { into: 999_999 }), { status: 422, faults: [['into', 'exists']] })
    assertProblem(assert, await merge(999_999, { into: first }), { status: 404, code: 'E_ASSET_NOT_FOUND' })
    assertProblem(assert, await merge(first, {}), { status: 422, faults: [['into', 'required']] })
    assertProblem(assert, await split(second, { records: [] }), {
      status: 422,
      faults: [['records', 'array.minLength']],
    })
    assertProblem(assert, await split(second, { records: [999_999] }), { status: 422, faults: [['records', 'exists']] })
  })
})

test.group('What is kept away', (group) => {
  const world = eachWithWorldInApp(group)

  test('is listed for pins that hold something back', async ({ assert, client }) => {
    const { token, user } = await asUser('admin')
    await world.current.reads('alpha', [BY_SERIAL])
    const id = Number((await world.current.assets())[0]!.id)
    await client.put(`/api/items/${id}/pins/model`).bearerToken(token).json({ value: 'mine', reason: 'label' })

    const pins = await client.get('/api/pins?held=true').bearerToken(token)

    assert.equal(pins.header('x-total-count'), '1')
    assert.containsSubset(pins.body(), [
      {
        item: { id, hostname: 'box' },
        field: 'model',
        value: 'mine',
        offered: 'A',
        source: 'alpha',
        until: 'always',
        reason: 'label',
        actor: user.username,
      },
    ])
    const wrong = await client.get('/api/pins?held=perhaps').bearerToken(token)
    assertProblem(assert, wrong, { status: 422, faults: [['held', 'enum']] })
  })

  test('is listed for deleted items, and comes back on demand', async ({ assert, client }) => {
    const { token, user } = await asUser('admin')
    await world.current.reads('alpha', [BY_SERIAL])
    const id = Number((await world.current.assets())[0]!.id)
    await client.delete(`/api/items/${id}`).bearerToken(token)
    await world.current.sync('alpha')
    assert.lengthOf(await world.current.assets(), 0)

    const tombstones = await client.get('/api/tombstones').bearerToken(token)
    assert.equal(tombstones.header('x-total-count'), '1')
    assert.containsSubset(tombstones.body(), [
      { id, hostname: 'box', deleted_by: user.username, records: [{ source: 'alpha', native_id: '1' }] },
    ])
    const dropped = await client.delete(`/api/tombstones/${id}`).bearerToken(token)

    dropped.assertStatus(204)
    assert.match(dropped.header('x-change-id') ?? '', /^\d+$/)
    assert.lengthOf(await world.current.assets(), 1)
    assert.deepEqual((await client.get('/api/tombstones').bearerToken(token)).body(), [])
    const again = await client.delete(`/api/tombstones/${id}`).bearerToken(token)
    assertProblem(assert, again, { status: 404, code: 'E_ASSET_NOT_FOUND' })
  })
})
