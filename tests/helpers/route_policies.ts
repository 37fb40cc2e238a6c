import router from '@adonisjs/core/services/router'
import { PERMISSIONS, type Permission } from '#core/access/permissions'

/** One route as the router knows it, with what it asks of whoever calls it. */
export interface RoutePolicy {
  readonly method: string
  /** As in the router: `/api/items/:id`. */
  readonly pattern: string
  /** Who is let in: holders of a token, holders of a session, or whoever asks. */
  readonly door: 'token' | 'session' | 'open'
  /** Null: no permission is named on the route. */
  readonly permission: Permission | null
}

/** Every route of the server, HEAD left out where it is a GET. Needs a booted application. */
export function routePolicies(): RoutePolicy[] {
  return Object.values(router.toJSON())
    .flat()
    .flatMap(({ methods, pattern, middleware }) => {
      const named = [...middleware.all()].map((one) => (typeof one === 'function' ? { name: '' } : one))
      const names = named.map(({ name }) => name)
      const can = named.find(({ name }) => name === 'can')
      const given: unknown = can && 'args' in can ? can.args : null
      const door = names.includes('token') ? 'token' : names.includes('signedIn') ? 'session' : 'open'
      const permission = PERMISSIONS.find((one) => one === given) ?? null
      return methods
        .filter((method) => method !== 'HEAD')
        .map((method): RoutePolicy => ({ method, pattern, door, permission }))
    })
}

/** An address of a route that holds no such thing, so that nothing is changed by calling it. */
export function addressOfNothing(pattern: string): string {
  return pattern.replace(/:(?:id|other)\b/g, '999999999').replace(/:\w+/g, 'nothing')
}
