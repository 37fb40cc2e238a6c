import testUtils from '@adonisjs/core/services/test_utils'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { isAllowed, isGranted, PERMISSIONS, READING, type Permission } from '#core/access/permissions'
import { ROLES, type Role } from '#core/access/role'
import { UserFactory } from '#database/factories/user_factory'
import type User from '#models/user'
import { AccessTokens } from '#services/identity/access_tokens'
import { tokenOf } from '#tests/helpers/as_user'
import { sendRaw } from '#tests/helpers/raw_request'
import { addressOfNothing, type RoutePolicy, routePolicies } from '#tests/helpers/route_policies'

/** What answers whoever asks, or has a key of its own (metrics). Whatever else stands in the router must name a door and a permission. */
const OPEN = [
  'GET /health',
  'GET /health/live',
  'GET /metrics',
  'GET /login',
  'POST /login',
  'GET /docs',
  'GET /logout',
  'GET /api/openapi.json',
  'POST /api/login',
]

/** Calling these would end the token or the session that the rest of a walk needs. */
const LAST = ['/api/logout', '/logout']

function nameOf({ method, pattern }: RoutePolicy): string {
  return `${method} ${pattern}`
}

function routesBehind(door: RoutePolicy['door']): RoutePolicy[] {
  const routes = routePolicies().filter((route) => route.door === door)
  const isLast = ({ pattern }: RoutePolicy) => LAST.includes(pattern)
  return [...routes.filter((route) => !isLast(route)), ...routes.filter(isLast)]
}

/** The statuses with which the API answers a token, by route. */
async function walkApi(token: string | null, headers: Record<string, string> = {}): Promise<Map<RoutePolicy, number>> {
  const statuses = new Map<RoutePolicy, number>()
  const credentials = token === null ? headers : { Authorization: `Bearer ${token}` }
  for (const route of routesBehind('token')) {
    const hasBody = route.method !== 'GET'
    const answer = await sendRaw(
      route.method,
      addressOfNothing(route.pattern),
      { ...credentials, ...(hasBody && { 'Content-Type': 'application/json' }) },
      hasBody ? '{}' : undefined
    )
    statuses.set(route, answer.status)
  }
  return statuses
}

const ACTORS: { who: string; token: () => Promise<string>; may: (permission: Permission) => boolean | 401 }[] = [
  ...ROLES.map((role) => ({
    who: `a ${role}`,
    token: async () => tokenOf(await account(role)),
    may: (permission: Permission) => isGranted(role, permission),
  })),
  {
    who: 'a token that may only read, of a superuser',
    token: async () => tokenOf(await account('superuser'), READING),
    may: (permission) => isAllowed(READING, permission),
  },
  {
    who: 'a token for everything, of a viewer',
    token: async () => tokenOf(await account('viewer'), [...PERMISSIONS]),
    may: (permission) => isGranted('viewer', permission),
  },
  {
    who: 'a token without abilities, of a superuser',
    token: async () => tokenOf(await account('superuser'), []),
    may: () => false,
  },
  {
    who: 'a superuser who was switched off',
    token: async () => tokenOf(await account('superuser', false)),
    may: () => 401,
  },
  { who: 'a token that has expired', token: async () => expiredTokenOf(await account('superuser')), may: () => 401 },
  {
    who: 'a token with a wrong secret',
    token: async () => {
      const token = await tokenOf(await account('superuser'))
      return `${token.slice(0, -4)}AAAA`
    },
    may: () => 401,
  },
]

function account(role: Role, isActive = true): Promise<User> {
  return UserFactory.merge({ role, isActive }).create()
}

async function expiredTokenOf(user: User): Promise<string> {
  const token = await new AccessTokens().create(user.id, {
    kind: 'personal',
    name: 'old',
    abilities: ['*'],
    expiresAt: new Date(Date.now() - 1000),
  })
  return token.value!.release()
}

test.group('S1: The access matrix', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('S1: has a door and a permission for every route that is not open on purpose', ({ assert }) => {
    const routes = routePolicies()
    const undeclared = routes.filter(({ door, permission }) => door === 'open' || permission === null)

    assert.sameMembers(undeclared.map(nameOf), OPEN)
    assert.isAbove(routes.length, 80)
    for (const route of routes.filter(({ door }) => door !== 'open')) {
      assert.equal(route.door, route.pattern.startsWith('/api/') ? 'token' : 'session', nameOf(route))
    }
  })

  test('S1: the API answers 401 to everybody without a token, also with a cookie that is none', async ({ assert }) => {
    for (const headers of [{}, { Cookie: 'access_token=nothing' }, { Authorization: 'Basic c3VwZXI6c3VwZXI=' }]) {
      for (const [route, status] of await walkApi(null, headers as Record<string, string>)) {
        assert.equal(status, 401, nameOf(route))
      }
    }
  })

  for (const { who, token, may } of ACTORS) {
    test(`S1: the API lets ${who} do what the table says and nothing else`, async ({ assert }) => {
      for (const [route, status] of await walkApi(await token())) {
        const allowed = may(route.permission!)
        if (allowed === true) {
          assert.notInclude([401, 403], status, nameOf(route))
          assert.isBelow(status, 500, nameOf(route))
        } else {
          assert.equal(status, allowed === false ? 403 : 401, nameOf(route))
        }
      }
    })
  }

  for (const role of ROLES) {
    test(`S1: the console lets a ${role} do what the table says and nothing else`, async ({ assert, client }) => {
      const user = await account(role)

      for (const route of routesBehind('session')) {
        const answer = await askPage(client, route, user)
        const refused = answer.status === 403 || answer.flash.includes('This needs the permission')
        assert.equal(refused, !isGranted(role, route.permission!), `${nameOf(route)}: ${answer.status}`)
        assert.isBelow(answer.status, 500, nameOf(route))
      }
    })
  }

  test('S1: the console sends strangers and those who were switched off to the sign-in', async ({ assert, client }) => {
    const gone = await account('superuser', false)

    for (const user of [null, gone]) {
      for (const route of routesBehind('session')) {
        const answer = await askPage(client, route, user)
        assert.deepEqual([answer.status, answer.location], [303, '/login'], nameOf(route))
      }
    }
  })

  test('S1: a token opens no page, and a session is no token', async ({ assert, client }) => {
    const user = await account('superuser')
    const token = await tokenOf(user)

    for (const route of routesBehind('session').filter(({ method }) => method === 'GET')) {
      const address = addressOfNothing(route.pattern)
      const page = await sendRaw('GET', address, { Authorization: `Bearer ${token}`, Accept: 'text/html' })
      assert.equal(page.headers.get('location'), '/login', nameOf(route))
    }
    for (const route of routesBehind('token').filter(({ method }) => method === 'GET')) {
      const answer = await client.get(addressOfNothing(route.pattern)).withGuard('web').loginAs(user)
      assert.equal(answer.status(), 401, nameOf(route))
    }
  })
})

/** Asks for a page, or sends its form empty, as this user or as a stranger. */
async function askPage(client: ApiClient, { method, pattern }: RoutePolicy, user: User | null) {
  const request = client.request(addressOfNothing(pattern), method).header('Accept', 'text/html').redirects(0)
  if (method !== 'GET') {
    request.form({}).withCsrfToken()
  }
  const response = await (user ? request.withGuard('web').loginAs(user) : request)
  return {
    status: response.status(),
    location: response.header('location'),
    flash: JSON.stringify(response.flashMessages()),
  }
}
