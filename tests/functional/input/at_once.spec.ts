import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { uploadCsv } from '#tests/helpers/csv_upload'
import { emptyDatabase } from '#tests/helpers/database'
import { addNames } from '#tests/helpers/lists'
import { assertProblem } from '#tests/helpers/problem'

const ITEM = { hostname: 'lab-sw-014', item_type: 'Switch' }
const AT_ONCE = 50

test.group('Requests at once', (group) => {
  group.each.setup(() => addNames())
  group.each.teardown(() => emptyDatabase())

  test('B12: of fifty that add the same serial, one adds it and the others learn who has it', async ({
    assert,
    client,
  }) => {
    const { token } = await asUser('admin')
    const add = (index: number) =>
      client
        .post('/api/items')
        .bearerToken(token)
        .json({ ...ITEM, hostname: `lab-${index}`, serial_number: index % 2 ? 'FOC2140X0QK' : 'foc2140x0qk' })

    const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => add(index)))

    const [winner] = answers.filter((answer) => answer.status() === 201)
    assert.exists(winner)
    const others = answers.filter((answer) => answer !== winner)
    assert.isTrue(
      others.every((answer) => answer.status() === 409 && answer.body().item_id === winner!.body().id),
      `${others.map((answer) => answer.status())}`
    )
    assert.lengthOf(await db.from('assets').select('id'), 1)
    assert.lengthOf(await db.from('change_sets').select('id'), 1)
  })

  test('B12: of twenty that change one revision, one does and the others are told', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const made = await client.post('/api/items').bearerToken(token).json(ITEM)
    const tag = made.header('etag')!
    const put = (index: number) =>
      client
        .put(`/api/items/${made.body().id}`)
        .bearerToken(token)
        .header('If-Match', tag)
        .json({ notes: `writer ${index}` })

    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => put(index)))

    const statuses = answers.map((answer) => answer.status()).sort()
    assert.deepEqual(statuses, [200, ...Array.from({ length: 19 }, () => 412)])
  })
})

test.group('One Idempotency-Key at once', (group) => {
  group.each.setup(() => addNames())
  group.each.teardown(() => emptyDatabase())

  test('B14: is done once, and the others get its answer or are told to wait', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const add = () => client.post('/api/items').bearerToken(token).header('Idempotency-Key', 'once').json(ITEM)

    const answers = await Promise.all(Array.from({ length: 20 }, () => add()))
    const later = await add()

    const made = await db.from('assets').select('id')
    assert.lengthOf(made, 1)
    later.assertStatus(201)
    for (const answer of answers) {
      if (answer.status() === 201) {
        assert.deepEqual(answer.body(), later.body())
      } else {
        assertProblem(assert, answer, { status: 409, code: 'E_IDEMPOTENCY_KEY_IN_USE' })
        answer.assertHeader('retry-after', '1')
      }
    }
  })

  test('B14: is free again when the process that had it died before it answered', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const add = () => client.post('/api/items').bearerToken(token).header('Idempotency-Key', 'died').json(ITEM)
    await add()
    const claimedAt = (minutes: number) =>
      db.from('idempotency_keys').update({
        status: null,
        headers: null,
        body: null,
        created_at: new Date(Date.now() - minutes * 60_000).toISOString(),
      })

    await claimedAt(9)
    const early = await add()
    await claimedAt(11)
    const late = await add()

    assertProblem(assert, early, { status: 409, code: 'E_IDEMPOTENCY_KEY_IN_USE' })
    late.assertStatus(201)
  })
})

/** Adds an item and deletes it; answers its id. */
async function deletedItem(client: ApiClient, token: string): Promise<number> {
  const made = await client.post('/api/items').bearerToken(token).json(ITEM)
  const { id } = made.body()
  const deleted = await client.delete(`/api/items/${id}`).bearerToken(token)
  deleted.assertStatus(204)
  return id
}

test.group('What is gone', (group) => {
  group.each.setup(() => addNames())
  group.each.teardown(() => emptyDatabase())

  test('B13: a stale version is refused by every way of changing an item, and nothing is written', async ({
    assert,
    client,
  }) => {
    const { token } = await asUser('admin')
    const made = await client.post('/api/items').bearerToken(token).json(ITEM)
    const path = `/api/items/${made.body().id}`
    const stale = made.header('etag')!
    await client.put(path).bearerToken(token).json({ notes: 'newer' })
    const before = await client.get(path).bearerToken(token)

    for (const [method, address] of [
      ['PUT', path],
      ['PATCH', path],
      ['DELETE', path],
      ['PUT', `${path}/pins/model`],
      ['DELETE', `${path}/pins/hostname`],
    ] as const) {
      const request = client.request(address, method).bearerToken(token).header('If-Match', stale)
      const answer = await (method === 'DELETE' ? request : request.json({}))
      assertProblem(assert, answer, { status: 412, code: 'E_STALE_REVISION' })
    }
    const after = await client.get(path).bearerToken(token)
    assert.deepEqual(after.body(), before.body())
  })

  test('B13: a deleted item is neither changed nor deleted again', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const id = await deletedItem(client, token)

    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      const request = client.request(`/api/items/${id}`, method).bearerToken(token)
      const answer = await (method === 'DELETE' ? request : request.json({ notes: 'x' }))
      assert.oneOf(answer.status(), [404, 410], method)
    }
  })

  test('B13: restoring twice is restoring once', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const id = await deletedItem(client, token)

    const first = await client.post(`/api/items/${id}/restore`).bearerToken(token)
    const second = await client.post(`/api/items/${id}/restore`).bearerToken(token)

    assert.deepEqual([first.status(), second.status()], [200, 200])
    assert.equal(second.body().revision, first.body().revision)
    assert.isUndefined(second.header('x-change-id'))
  })

  test('B15: a thousand items of one name are walked over once each while others come', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    await client.post('/api/items').bearerToken(token).json(ITEM)
    const rows = Array.from({ length: 1000 }, (_, index) => `same,Switch,TAG-${index}`)
    const file = `hostname,item_type,asset_tag\n${rows.join('\n')}\n`
    await uploadCsv(client, token, file)
    const seen: number[] = []

    let path: string | null = '/api/items?limit=130&search=same&sort=hostname'
    while (path) {
      const page: Awaited<ReturnType<typeof client.get>> = await client.get(path).bearerToken(token)
      seen.push(...page.body().map(({ id }: { id: number }) => id))
      await client.post('/api/items').bearerToken(token).json({ hostname: 'same too', item_type: 'Switch' })
      path = /<([^>]+)>; rel="next"/.exec(page.header('link') ?? '')?.[1] ?? null
    }

    const stored = await db.from('assets').where('hostname', 'same').select('id')
    assert.lengthOf(stored, 1000)
    assert.equal(new Set(seen).size, seen.length)
    assert.includeMembers(
      seen,
      stored.map(({ id }) => Number(id))
    )
  })
})
