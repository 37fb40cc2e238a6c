import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { EditInBulk } from '#services/inventory/edit_in_bulk'
import { asUser } from '#tests/helpers/as_user'
import { answer } from '#tests/helpers/decide'
import { assertProblem } from '#tests/helpers/problem'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'

test.group('POST /api/items/bulk', (group) => {
  const world = eachWithWorldInApp(group)

  /** An admin, and three devices that a source reports. */
  async function withDevices(client: ApiClient) {
    const { token } = await asUser('admin')
    await world.current.reads('alpha', devices(3, { model: 'old' }))
    const ids = (await world.current.assets()).map((asset) => Number(asset.id))
    const send = (body: object) => client.post('/api/items/bulk').bearerToken(token).json(body)
    return { token, ids, send }
  }

  const models = async () => (await world.current.assets()).map((asset) => asset.model)

  test('edits many items by one change that the next sync keeps and undo takes back', async ({ assert, client }) => {
    const { token, ids, send } = await withDevices(client)

    const response = await send({ ids, set: { model: 'C9300', notes: 'moved' } })

    response.assertStatus(200)
    const { counts, rows, change_id: change } = response.body()
    assert.containsSubset(counts, { items: 3, updated: 3, refused: 0 })
    assert.containsSubset(rows[0], {
      id: ids[0],
      outcome: 'updated',
      before: { model: 'old' },
      after: { model: 'C9300' },
    })
    response.assertHeader('x-change-id', String(change))
    const set = await client.get(`/api/changes/${change}`).bearerToken(token)
    assert.containsSubset(set.body(), { kind: 'bulk_edit', changes: 3 })
    assert.equal((await world.current.sync('alpha')).updated, 0)
    assert.deepEqual(await models(), ['C9300', 'C9300', 'C9300'])

    const undone = await client.post(`/api/changes/${change}/undo`).bearerToken(token).json({})
    assert.containsSubset(undone.body(), { undone: 3, conflicts: [] })
    assert.deepEqual(await models(), ['old', 'old', 'old'])
  })

  test('refuses single rows, says why, and writes the others', async ({ assert, client }) => {
    const { ids, send } = await withDevices(client)

    const response = await send({ ids: [...ids, 999_999], set: { serial_number: 'ONLYONE1' } })

    const { counts, rows } = response.body()
    assert.containsSubset(counts, { items: 4, updated: 1, refused: 3 })
    assert.deepEqual(
      rows.map(({ code }: { code: string | null }) => code),
      [null, 'E_VALUE_TAKEN', 'E_VALUE_TAKEN', 'E_ASSET_NOT_FOUND']
    )
    assert.deepEqual(rows[1].after, {})
  })

  test('shows in a dry run what it would do, and writes nothing', async ({ assert, client }) => {
    const { ids, send } = await withDevices(client)
    const before = await db.from('change_sets').count('* as n')

    const response = await send({ ids, set: { model: 'C9300' }, dry_run: true })

    assert.containsSubset(response.body(), { counts: { updated: 3 }, change_id: null })
    assert.isUndefined(response.header('x-change-id'))
    assert.deepEqual(await models(), ['old', 'old', 'old'])
    assert.deepEqual(await db.from('change_sets').count('* as n'), before)
  })

  test('deletes and restores what a filter means', async ({ assert, client }) => {
    const { ids, send } = await withDevices(client)

    const deleted = await send({ filter: { search: 'host-1' }, action: 'delete' })
    assert.containsSubset(deleted.body(), { counts: { items: 1, deleted: 1 } })
    assert.equal(deleted.body().rows[0].id, ids[1])

    const again = await send({ ids: [ids[1]], action: 'delete' })
    assert.containsSubset(again.body(), { counts: { refused: 1 }, change_id: null })
    const restored = await send({ ids: [ids[1], ids[0]], action: 'restore' })
    assert.containsSubset(restored.body(), { counts: { restored: 1, unchanged: 1 } })
  })

  test('releases the pins of what a filter means, and undo pins again', async ({ assert, client }) => {
    const { token, ids, send } = await withDevices(client)
    await send({ ids, set: { model: 'mine', vendor: 'Acme' } })
    const held = async (query = '') => {
      const response = await client.get(`/api/pins?held=true${query}`).bearerToken(token)
      return response.body().map(({ item, field }: { item: { id: number }; field: string }) => [item.id, field])
    }
    assert.lengthOf(await held('&field=model'), 3)
    assert.lengthOf(await held('&field=vendor&source=beta'), 0)
    const pages = await pagesOf(client, '/api/pins?held=true&limit=2', token)
    assert.deepEqual(
      pages.map(({ length }) => length),
      [2, 1]
    )
    assert.sameDeepMembers(
      pages.flat().map((pin) => [pin.item.id, pin.field]),
      await held()
    )
    const wish = { filter: { search: 'host' }, release: ['model'] }

    const planned = await send({ ...wish, dry_run: true })
    const released = await send(wish)

    assert.deepEqual(planned.body(), { ...released.body(), change_id: null })
    assert.containsSubset(released.body(), { counts: { items: 3, updated: 3 } })
    assert.deepEqual(await models(), ['old', 'old', 'old'])
    assert.deepEqual(await held('&field=model'), [])
    assert.containsSubset((await send(wish)).body(), { counts: { unchanged: 3 }, change_id: null })
    await client.post(`/api/changes/${released.body().change_id}/undo`).bearerToken(token).json({})
    assert.deepEqual(await models(), ['mine', 'mine', 'mine'])
    assert.deepEqual(
      await held('&field=model'),
      ids.map((id) => [id, 'model'])
    )
  })

  test('gives the serial of a deleted item to the one that claims it too', async ({ assert, client }) => {
    const { send } = await withDevices(client)
    const twin = (id: string) => ({ id, hostname: `twin-${id}`, serial: 'TWINS001', base: `001b2199990${id}` })
    await world.current.reads('beta', [twin('1'), twin('2')])
    await answer({ verdict: 'different' })
    const twins = async () => (await world.current.assets()).filter(({ hostname }) => `${hostname}`.startsWith('twin'))
    const [first] = (await twins()).filter((asset) => asset.serial_number === 'TWINS001')

    await send({ ids: [first!.id], action: 'delete' })

    assert.deepEqual(
      (await twins()).map((asset) => asset.serial_number),
      ['TWINS001']
    )
  })

  test('does not take more items than one answer can tell of', async ({ assert }) => {
    const ids = Array.from({ length: 100_001 }, (_, index) => index + 1)
    const actor = { userId: null, name: 'ada' }

    await assert.rejects(() => new EditInBulk().handle(ids, { action: 'delete' }, actor), /means 100001 items/)
  })

  test('asks for one way to name the items, and one thing to do', async ({ assert, client }) => {
    const { ids, send } = await withDevices(client)

    const faults = { status: 422, code: 'E_VALIDATION' }
    assertProblem(assert, await send({ set: { model: 'x' } }), { ...faults, faults: [['ids', 'exactlyOneOf']] })
    assertProblem(assert, await send({ ids, set: { model: 'x' }, action: 'delete' }), {
      ...faults,
      faults: [['action', 'exactlyOneOf']],
    })
    assertProblem(assert, await send({ filter: {}, action: 'delete' }), { ...faults, faults: [['filter', 'someOf']] })
    const twice = { ids, action: 'delete', release: ['model'] }
    assertProblem(assert, await send(twice), { ...faults, faults: [['release', 'exactlyOneOf']] })
    assertProblem(assert, await send({ ids, release: ['notes'] }), { ...faults, faults: [['release.0', 'enum']] })
    assertProblem(assert, await send({ ids, set: { nope: 1 } }), { ...faults, faults: [['set.nope', 'unknown']] })
  })
})

/** The bodies of all pages, from the first to the last. */
async function pagesOf(client: ApiClient, path: string, token: string) {
  const pages = []
  for (let next: string | null = path; next !== null;) {
    const page = await client.get(next).bearerToken(token)
    pages.push(page.body())
    next = /<([^>]+)>; rel="next"/.exec(page.header('link') ?? '')?.[1] ?? null
  }
  return pages
}
