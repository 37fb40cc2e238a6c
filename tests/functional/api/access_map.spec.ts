import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import { operations } from '#start/routes/operation'

const PUBLIC = ['GET /api/openapi.json', 'POST /api/login']

test.group('The access map of the API', () => {
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
})
