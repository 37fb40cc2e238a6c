import { setTimeout } from 'node:timers/promises'
import type { Clock } from '@laim/sdk'

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    await setTimeout(ms, undefined, { signal })
  },
}
