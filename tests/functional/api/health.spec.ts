import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'

test.group('Health', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('is ok without signing in when the database is at the newest schema', async ({ client, assert }) => {
    const response = await client.get('/health')

    response.assertStatus(200)
    response.assertBodyContains({ status: 'ok', database: 'ok', migrations: 'ok' })
    assert.match(response.body().version, /^\d+\.\d+\.\d+/)
  })

  test('names each source with its health, and nothing else of it', async ({ client, assert }) => {
    const { sources } = (await client.get('/health')).body()

    assert.isNotEmpty(sources)
    assert.isTrue(Object.values(sources).every((health) => typeof health === 'string' && /^[a-z_]+$/.test(health)))
  })

  test('is unavailable while a migration is pending', async ({ client }) => {
    await db.from('adonis_schema').where('name', 'like', '%0001%').delete()

    const response = await client.get('/health')

    response.assertStatus(503)
    response.assertHeader('retry-after')
    response.assertBodyContains({ status: 'unavailable', migrations: 'pending' })
  })

  test('says that the process runs, whatever the database does', async ({ client }) => {
    const response = await client.get('/health/live')

    response.assertStatus(200)
    response.assertBody({ status: 'ok' })
  })

  test('answers with the id of the request and without a session', async ({ client, assert }) => {
    const response = await client.get('/health')

    response.assertHeader('x-request-id')
    assert.isUndefined(response.header('set-cookie'))
  })
})
