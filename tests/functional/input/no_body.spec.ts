import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { operations } from '#start/routes/operation'
import { asUser } from '#tests/helpers/as_user'
import { sendRaw } from '#tests/helpers/raw_request'

/** Every operation that writes and reads no body, at an address that names nothing. */
const WITHOUT_BODY = operations
  .filter(({ method, path, body, upload }) => method !== 'GET' && !body && !upload && !path.endsWith('logout'))
  .map(({ method, path }) => ({
    method,
    path: path.replace('{id}', '999999999').replace('{field}', 'hostname').replace('{name}', 'nothing'),
  }))

test.group('Operations without a body', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('B3: refuse every field of one by name, since nobody would heed it', async ({ assert }) => {
    const { token } = await asUser('superuser')
    const headers = { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json' }

    assert.isAbove(WITHOUT_BODY.length, 5)
    for (const { method, path } of WITHOUT_BODY) {
      const field = await sendRaw(method, path, headers, '{"dry_run": true}')
      const broken = await sendRaw(method, path, headers, '{"a":')
      const form = await sendRaw(method, path, { ...headers, 'Content-Type': 'text/plain' }, 'a=1')
      const empty = await sendRaw(method, path, headers, '{}')

      assert.equal(field.status, 422, `${method} ${path}`)
      assert.containsSubset(field.body.errors, [{ field: 'dry_run', rule: 'unknown' }])
      assert.deepEqual([broken.status, form.status], [400, 415], `${method} ${path}`)
      assert.equal(empty.status, 404, `${method} ${path}`)
    }
  })
})
