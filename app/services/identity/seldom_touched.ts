import { configProvider } from '@adonisjs/core'
import { type ConfigProvider } from '@adonisjs/core/types'
import { type SessionStoreFactory } from '@adonisjs/session/types'
import { inPassing } from './in_passing.js'

/** A session may end so much earlier than its age says. */
const STEP_MS = 5 * 60_000

/** Sessions that a process remembers; it forgets all when there are more. */
const MOST_REMEMBERED = 10_000

/**
 * A store that prolongs a session only every few minutes. Otherwise each page that somebody looks at would write, and wait
 * for whoever writes just then.
 */
export function seldomTouched(provider: ConfigProvider<SessionStoreFactory>): ConfigProvider<SessionStoreFactory> {
  return configProvider.create(async (app) => {
    const makeStore = await provider.resolver(app)
    const touchedAt = new Map<string, number>()
    return (ctx, config) => {
      const store = makeStore(ctx, config)
      const touch = store.touch.bind(store)
      store.touch = async (id) => {
        const now = performance.now()
        const last = touchedAt.get(id)
        if (last !== undefined && now - last < STEP_MS) {
          return
        }
        if (touchedAt.size >= MOST_REMEMBERED) {
          touchedAt.clear()
        }
        touchedAt.set(id, now)
        // A touch that failed is not worth failing for: the next one comes in minutes.
        await inPassing(Promise.resolve(touch(id)).catch(() => touchedAt.delete(id)))
      }
      return store
    }
  })
}
