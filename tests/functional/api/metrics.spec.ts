import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import env from '#start/env'

const setting = env.get('METRICS_TOKEN')!
const TOKEN = setting.release()

const LONG_AGO = '2026-01-01T00:00:00.000Z'

test.group('Metrics', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('say in the text of Prometheus what the process and the database hold', async ({ client, assert }) => {
    await client.get('/health')

    const response = await client.get('/metrics').bearerToken(TOKEN)

    response.assertStatus(200)
    assert.match(response.header('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
    const text = response.text()
    for (const line of [
      /^laim_info\{version="[\d.]+"\} 1$/m,
      /^laim_database_up 1$/m,
      /^laim_queue_age_seconds 0$/m,
      /^laim_open_reviews 0$/m,
      /^laim_http_request_duration_seconds_count\{method="GET",route="\/health",status="200"\} \d+$/m,
      /^process_resident_memory_bytes \d+$/m,
    ]) {
      assert.match(text, line)
    }
  })

  test('say how long the queue has waited, and which run lost its worker', async ({ client, assert }) => {
    const run = { source: 'netdisco', trigger: 'manual', errors: '[]', queued_at: LONG_AGO }
    await db.table('sync_runs').multiInsert([
      { ...run, status: 'queued', lease_expires_at: null },
      { ...run, status: 'running', lease_expires_at: LONG_AGO },
    ])

    const text = (await client.get('/metrics').bearerToken(TOKEN)).text()

    const waited = Number(/^laim_queue_age_seconds (\d+)/m.exec(text)?.[1])
    assert.isAbove(waited, 3600)
    assert.include(text, 'laim_leases{name="run",state="expired"} 1\n')
    assert.include(text, 'laim_runs{source="netdisco",status="queued"} 1\n')
  })

  test('are for those who hold the token', async ({ client }) => {
    const without = await client.get('/metrics')
    const wrong = await client.get('/metrics').bearerToken('not the token')

    without.assertStatus(401)
    wrong.assertStatus(401)
    wrong.assertBodyContains({ code: 'E_NOT_SIGNED_IN' })
  })

  test('are for the machine itself when no token is set, and for nobody behind a proxy', async ({
    client,
    cleanup,
  }) => {
    env.set('METRICS_TOKEN', undefined)
    delete process.env.METRICS_TOKEN
    cleanup(() => {
      env.set('METRICS_TOKEN', setting)
      process.env.METRICS_TOKEN = TOKEN
    })

    const local = await client.get('/metrics')
    const forwarded = await client.get('/metrics').header('X-Forwarded-For', '203.0.113.9')

    local.assertStatus(200)
    forwarded.assertStatus(404)
  })
})
