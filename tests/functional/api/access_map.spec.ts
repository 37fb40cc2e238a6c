import router from '@adonisjs/core/services/router'
import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { isGranted } from '#core/access/permissions'
import { ROLES } from '#core/access/role'
import { operations } from '#start/routes/operation'
import { asUser, tokenOf } from '#tests/helpers/as_user'

const PUBLIC = ['GET /api/openapi.json', 'POST /api/login']

/** An address of the operation that holds no such thing, so that nothing is changed by calling it. */
function addressOf(path: string): string {
  return path.replace('{id}', '999999999').replace(/\{\w+\}/g, 'nothing')
}

test.group('The access map of the API', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('names a permission for every route that is not public', ({ assert }) => {
    const open = operations.filter(({ can }) => can === null).map(({ method, path }) => `${method} ${path}`)

    assert.sameMembers(open, PUBLIC)
  })

  test('holds every route below /api', ({ assert }) => {
    const declared = new Set(operations.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`))
    const routes = Object.values(router.toJSON())
      .flat()
      .filter(({ pattern }) => pattern.startsWith('/api'))
      .flatMap(({ methods, pattern }) => methods.filter((method) => method !== 'HEAD').map((m) => `${m} ${pattern}`))

    assert.sameMembers(routes, [...declared])
  })

  test('answers 401 on each of them without a token', async ({ assert, client }) => {
    for (const { method, path } of operations.filter(({ can }) => can !== null)) {
      const response = await client.request(addressOf(path), method).json({})
      assert.equal(response.status(), 401, `${method} ${path}`)
    }
  })

  for (const role of ROLES) {
    test(`answers 403 to a ${role} exactly where the role lacks the permission`, async ({ assert, client }) => {
      const { user } = await asUser(role)

      for (const { method, path, can } of operations) {
        if (can === null || path === '/api/logout') {
          continue
        }
        const response = await client
          .request(addressOf(path), method)
          .bearerToken(await tokenOf(user))
          .json({})
        assert.equal(response.status() === 403, !isGranted(role, can), `${method} ${path}: ${response.status()}`)
        assert.isBelow(response.status(), 500, `${method} ${path}`)
      }
    })
  }

  test('answers 403 everywhere to a token without abilities', async ({ assert, client }) => {
    const { user } = await asUser('superuser')
    const token = await tokenOf(user, [])

    for (const { method, path, can } of operations) {
      if (can !== null) {
        const response = await client.request(addressOf(path), method).bearerToken(token).json({})
        assert.equal(response.status(), 403, `${method} ${path}`)
      }
    }
  })
})
