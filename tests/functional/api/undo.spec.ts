import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { writeAlone } from '#services/inventory/asset_transaction'
import { openChangeSet } from '#services/inventory/change_set'
import { EditAsset } from '#services/inventory/edit_asset'
import { insertRows } from '#services/sync/store/bulk_sql'
import { insertAssets } from '#tests/helpers/asset_factory'
import { asUser } from '#tests/helpers/as_user'
import { findContradictions } from '#tests/helpers/json_schema'
import { assertProblem } from '#tests/helpers/problem'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'

const PERSON = { userId: null, name: 'ada' }

test.group('Taking changes back through the API', (group) => {
  const world = eachWithWorldInApp(group)

  /** An admin, and a sync that gave three devices another model. */
  async function withSync(client: ApiClient) {
    const { token, user } = await asUser('admin')
    await world.current.reads('alpha', devices(3, { model: 'old' }))
    const run = await world.current.reads('alpha', devices(3, { model: 'new' }))
    const change = Number((await db.from('change_sets').where('run_id', run.id).firstOrFail()).id)
    const undo = (body: object = {}) => client.post(`/api/changes/${change}/undo`).bearerToken(token).json(body)
    return { token, user, run, change, undo }
  }

  const models = async () => (await world.current.assets()).map((asset) => asset.model)

  test('restores a sync by a new change, which the next sync leaves alone', async ({ assert, client }) => {
    const { change, undo, token, user } = await withSync(client)

    const response = await undo()

    response.assertStatus(200)
    assert.containsSubset(response.body(), { undone: 3, conflicts: [] })
    const { change_id: made } = response.body()
    response.assertHeader('x-change-id', String(made))
    assert.deepEqual(await models(), ['old', 'old', 'old'])
    const before = await client.get(`/api/changes/${change}`).bearerToken(token)
    assert.containsSubset(before.body(), { kind: 'run', status: 'completed', changes: 3, undone_by_id: made })
    const after = await client.get(`/api/changes/${made}`).bearerToken(token)
    assert.containsSubset(after.body(), { kind: 'undo', undoes_id: change, actor: user.username, run_id: null })
    assert.equal((await world.current.sync('alpha')).updated, 0)
  })

  test('shows in a dry run what it would do, and writes nothing', async ({ assert, client }) => {
    const { undo } = await withSync(client)

    const response = await undo({ dry_run: true })

    assert.deepEqual(response.body(), { undone: 3, conflicts: [], change_id: null })
    assert.isUndefined(response.header('x-change-id'))
    assert.deepEqual(await models(), ['new', 'new', 'new'])
  })

  test('keeps what a person changed since, and lists it', async ({ assert, client }) => {
    const { undo } = await withSync(client)
    const id = Number((await world.current.assets())[0]!.id)
    await new EditAsset().handle(id, { model: 'by hand' }, PERSON)

    const response = await undo()

    assert.containsSubset(response.body(), {
      undone: 2,
      conflicts: [{ item_id: id, fields: ['model'], reason: 'somebody changed it since' }],
    })
    assert.deepEqual(await models(), ['by hand', 'old', 'old'])
  })

  test('changes nothing the second time', async ({ assert, client }) => {
    const { undo } = await withSync(client)
    await undo()

    const again = await undo()

    assert.containsSubset(again.body(), { undone: 0, change_id: null })
    assert.deepEqual(await models(), ['old', 'old', 'old'])
  })

  test('takes an edit, a deletion and an undo back by the change that they answered', async ({ assert, client }) => {
    const { token, undo } = await withSync(client)
    const id = Number((await world.current.assets())[0]!.id)
    const takeBack = (change: string | undefined) => client.post(`/api/changes/${change}/undo`).bearerToken(token)

    const edit = await client.patch(`/api/items/${id}`).bearerToken(token).json({ notes: 'typed' })
    await takeBack(edit.header('x-change-id'))
    const deletion = await client.delete(`/api/items/${id}`).bearerToken(token)
    await takeBack(deletion.header('x-change-id'))
    await takeBack((await undo()).header('x-change-id'))

    const item = (await client.get(`/api/items/${id}`).bearerToken(token)).body()
    assert.containsSubset(item, { notes: null, is_active: true, model: 'new' })
  })

  test('leaves more than 10 000 changes to a worker, and says where to look', async ({ assert, client }) => {
    const { token, user } = await asUser('admin')
    const drafts = Array.from({ length: 10_001 }, (_, index) => ({
      hostname: `lab-${index}`,
      assetType: 'Switch',
      notes: 'n',
    }))
    const assets = await insertAssets(drafts)
    const changeSetId = await writeAlone(async (trx, now) => {
      const head = { kind: 'bulk_edit', runId: null, userId: null, actor: 'ada', reason: null } as const
      const id = await openChangeSet(trx, head, now)
      const common = {
        change_set_id: id,
        action: 'update',
        before: { notes: null },
        after: { notes: 'n' },
        revision: 1,
      }
      const rows = assets.map((asset) => ({ asset_id: asset.id, ...common }))
      const ids = { asset_id: 'int', change_set_id: 'int', revision: 'int' } as const
      await insertRows(trx, 'changes', { ...ids, action: 'text', before: 'json', after: 'json' }, rows)
      return id
    })
    const post = () => client.post(`/api/changes/${changeSetId}/undo`).bearerToken(token).json({})

    const started = await post()

    started.assertStatus(202)
    const { id } = started.body()
    started.assertHeader('location', `/api/changes/${id}`)
    started.assertHeader('x-change-id', String(id))
    const expected = { id, kind: 'undo', status: 'queued', actor: user.username, undoes_id: changeSetId }
    assert.containsSubset(started.body(), { ...expected, progress: { done: 0, total: 10_001 }, changes: 0 })
    assert.equal((await post()).body().id, id)
    await world.current.work(started.body().run_id)
    const done = await client.get(`/api/changes/${id}`).bearerToken(token)
    assert.containsSubset(done.body(), { status: 'completed', changes: 10_001, conflicts: [] })
    assert.lengthOf(await db.from('assets').whereNotNull('notes'), 0)
    const run = await client.get(`/api/sync/status/${started.body().run_id}`).bearerToken(token)
    assert.containsSubset(run.body(), { source: 'undo', status: 'completed', updated: 10_001 })
  }).timeout(180_000)

  test('refuses what it does not understand and changes that there are not', async ({ assert, client }) => {
    const { token, undo } = await withSync(client)

    assertProblem(assert, await undo({ dry_run: 'yes' }), { status: 422, faults: [['dry_run', 'boolean']] })
    assertProblem(assert, await undo({ force: true }), { status: 422, faults: [['force', 'unknown']] })
    const missing = { status: 404, code: 'E_CHANGE_SET_NOT_FOUND' }
    assertProblem(assert, await client.get('/api/changes/999999999').bearerToken(token), missing)
    assertProblem(assert, await client.post('/api/changes/999999999/undo').bearerToken(token), missing)
  })

  test('answers as the OpenAPI document says', async ({ assert, client }) => {
    const { token, change, undo } = await withSync(client)
    const document = (await client.get('/api/openapi.json')).body()
    const set = await client.get(`/api/changes/${change}`).bearerToken(token)
    const outcome = await undo()
    const schemaOf = (path: string, method: string) =>
      document.paths[path][method].responses[200].content['application/json'].schema

    assert.deepEqual(findContradictions(set.body(), schemaOf('/api/changes/{id}', 'get'), 'change', document), [])
    assert.deepEqual(
      findContradictions(outcome.body(), schemaOf('/api/changes/{id}/undo', 'post'), 'undo', document),
      []
    )
  })
})
