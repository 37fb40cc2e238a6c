import { test } from '@japa/runner'

test.group('Health', () => {
  test('is ok without signing in when the database is at the newest schema', async ({ client }) => {
    const response = await client.get('/health')

    response.assertStatus(200)
    response.assertBodyContains({ status: 'ok', database: 'ok', migrations: 'ok' })
  })

  test('says that the process runs', async ({ client }) => {
    const response = await client.get('/health/live')

    response.assertStatus(200)
    response.assertHeader('x-request-id')
  })
})
