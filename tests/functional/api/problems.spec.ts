import { test } from '@japa/runner'
import { addressOf } from '#tests/helpers/server'

test.group('Problems', () => {
  test('an unknown address of the API is a 404 that says so', async ({ client, assert }) => {
    const response = await client.get('/api/nothing').header('Accept', 'text/html')

    response.assertStatus(404)
    assert.include(response.header('content-type'), 'application/problem+json')
    response.assertBodyContains({ status: 404, code: 'E_NOT_FOUND', title: 'Not Found', type: 'about:blank' })
    assert.equal(response.body().request_id, response.header('x-request-id'))
  })

  test('a body that is not JSON is a 400 that does not repeat it', async ({ assert }) => {
    const response = await fetch(addressOf('/api/login'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"password": "hush',
    })
    const text = await response.text()

    assert.equal(response.status, 400)
    assert.include(text, 'E_MALFORMED_REQUEST')
    assert.notInclude(text, 'hush')
  })

  test('a page that does not exist is a page', async ({ client, assert }) => {
    const response = await client.get('/nothing').header('Accept', 'text/html')

    response.assertStatus(404)
    assert.include(response.header('content-type'), 'text/html')
    assert.include(response.text(), 'Not Found')
  })

  test('a malformed path is a 400 or 404, not a failure', async ({ client, assert }) => {
    const response = await client.get('/api/items/%E0%A4%A')

    assert.oneOf(response.status(), [400, 404])
  })
})
