import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { defineConfig } from '#services/sources/define_config'
import { OpenSource } from '#services/sources/open_source'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { asUser } from '#tests/helpers/as_user'
import { assertProblem } from '#tests/helpers/problem'
import { acmePlugin } from '../../unit/sources/acme.js'

const TOKEN = 'tok-s3cr3t-99'

/** Two sources with settings and one without. Nothing listens at the address. */
function useThreeSources() {
  const registry = new PluginRegistry()
  registry.register('acme', async () => acmePlugin())
  const settings = { baseUrl: 'http://127.0.0.1:9', token: TOKEN }
  const config = defineConfig({
    requestsPerSecond: 10,
    isSimulated: false,
    schedule: { isEnabled: true, intervalHours: 6 },
    instances: [
      { name: 'north', plugin: 'acme', rank: 10, settings },
      { name: 'south', plugin: 'acme', rank: 20, settings },
      { name: 'unset', plugin: 'acme', rank: 30, settings: {} },
    ],
  })
  const sources = new ConfiguredSources(config, registry)
  app.container.swap(PluginRegistry, () => registry)
  app.container.swap(ConfiguredSources, () => sources)
  app.container.swap(OpenSource, async () => new OpenSource(sources, await app.container.make('logger')))
  return () => {
    app.container.restore(PluginRegistry)
    app.container.restore(ConfiguredSources)
    app.container.restore(OpenSource)
  }
}

test.group('POST /api/sync/trigger', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => useThreeSources())

  test('queues a run and says where to follow it', async ({ assert, client }) => {
    const { token, user } = await asUser('admin')

    const response = await client.post('/api/sync/trigger').bearerToken(token).json({ source: 'north' })

    response.assertStatus(202)
    const { sync_id: id, ...rest } = response.body()
    assert.equal(rest.status, 'queued')
    assert.isString(rest.message)
    response.assertHeader('location', `/api/sync/status/${id}`)
    const run = await client.get(`/api/sync/status/${id}`).bearerToken(token)
    run.assertStatus(200)
    assert.containsSubset(run.body(), {
      id,
      source: 'north',
      status: 'queued',
      trigger: 'manual',
      requested_by: user.username,
      started_at: null,
      completed_at: null,
      devices_found: 0,
      created: 0,
      updated: 0,
      skipped: 0,
      missing: 0,
      held: 0,
      errors: [],
      progress: null,
      sources: [],
    })
  })

  test('makes one run of all sources, with a part for each that is configured', async ({ assert, client }) => {
    const { token } = await asUser('admin')

    const response = await client.post('/api/sync/trigger').bearerToken(token).json({ source: 'all' })

    response.assertStatus(202)
    const run = await client.get(`/api/sync/status/${response.body().sync_id}`).bearerToken(token)
    assert.equal(run.body().source, 'all')
    assert.deepEqual(
      run.body().sources.map((part: { source: string }) => part.source),
      ['north', 'south']
    )
  })

  test('names the run that is in the way', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const first = await client.post('/api/sync/trigger').bearerToken(token).json({ source: 'south' })

    for (const source of ['south', 'all']) {
      const second = await client.post('/api/sync/trigger').bearerToken(token).json({ source })
      assertProblem(assert, second, { status: 409, code: 'E_RUN_ACTIVE' })
      assert.equal(second.body().sync_id, first.body().sync_id)
    }
    const other = await client.post('/api/sync/trigger').bearerToken(token).json({ source: 'north' })
    other.assertStatus(202)
  })

  test('refuses sources that are unknown or lack their settings', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const trigger = (body: object) => client.post('/api/sync/trigger').bearerToken(token).json(body)

    assertProblem(assert, await trigger({ source: 'west' }), { status: 422, faults: [['source', 'exists']] })
    assertProblem(assert, await trigger({ source: 'unset' }), { status: 422, faults: [['source', 'configured']] })
    assertProblem(assert, await trigger({}), { status: 422, faults: [['source', 'required']] })
    assertProblem(assert, await trigger({ source: 'north', force: true }), {
      status: 422,
      faults: [['force', 'unknown']],
    })
    assert.isNull(await db.from('sync_runs').first())
  })
})

test.group('Runs', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => useThreeSources())

  test('are listed newest first, page by page, without their parts', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const ids: number[] = []
    for (let n = 0; n < 3; n++) {
      const run = await client.post('/api/sync/trigger').bearerToken(token).json({ source: 'all' })
      ids.unshift(run.body().sync_id)
      await db.from('sync_runs').update({ status: 'completed' })
    }
    const seen: number[] = []

    let path: string | null = '/api/sync/history?limit=2'
    while (path) {
      const page: Awaited<ReturnType<typeof client.get>> = await client.get(path).bearerToken(token)
      page.assertStatus(200)
      seen.push(...page.body().map((run: { id: number }) => run.id))
      path = /<([^>]+)>; rel="next"/.exec(page.header('link') ?? '')?.[1] ?? null
    }

    assert.deepEqual(seen, ids)
  })

  test('that nobody started are not found', async ({ assert, client }) => {
    const { token } = await asUser('viewer')

    assertProblem(assert, await client.get('/api/sync/status/999999999').bearerToken(token), {
      status: 404,
      code: 'E_RUN_NOT_FOUND',
    })
    assertProblem(assert, await client.get('/api/sync/status/latest').bearerToken(token), { status: 404 })
  })
})

test.group('Sources', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => useThreeSources())

  test('show their settings, of secrets only whether they are set', async ({ assert, client }) => {
    const { token } = await asUser('viewer')

    const response = await client.get('/api/sources').bearerToken(token)

    response.assertStatus(200)
    assert.deepEqual(
      response.body().map(({ name, plugin, enabled, configured }: Record<string, unknown>) => ({
        name,
        plugin,
        enabled,
        configured,
      })),
      ['north', 'south', 'unset'].map((name) => ({
        name,
        plugin: 'acme',
        enabled: true,
        configured: name !== 'unset',
      }))
    )
    assert.deepEqual(response.body()[0].settings.token, { set: true })
    assert.deepEqual(response.body()[2].settings.token, { set: false })
    assert.notInclude(response.text(), TOKEN)
  })

  test('tell in a test at which step they fail', async ({ assert, client }) => {
    const { token } = await asUser('admin')

    const response = await client.post('/api/sources/north/check').bearerToken(token)

    response.assertStatus(200)
    assert.isFalse(response.body().ok)
    const failed = response.body().steps.filter((step: { status: string }) => step.status === 'fail')
    assert.lengthOf(failed, 1)
    assert.isString(failed[0].message)
    assert.notInclude(response.text(), TOKEN)
  })

  test('that are not configured here are not found', async ({ assert, client }) => {
    const { token } = await asUser('admin')

    const response = await client.post('/api/sources/west/check').bearerToken(token)

    assertProblem(assert, response, { status: 404, code: 'E_SOURCE_NOT_FOUND' })
  })
})
