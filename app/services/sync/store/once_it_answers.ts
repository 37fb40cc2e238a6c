import { setTimeout as sleep } from 'node:timers/promises'
import { databaseFaultOf } from '#database/faults'

const PATIENCE_MS = 30_000
const TRY_AGAIN_MS = 500

/** Does what must not be left undone, such as taking down how a run ended, as soon as a database that is away is back. */
export async function onceItAnswers<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (databaseFaultOf(error) === null || performance.now() > giveUpAt) {
        throw error
      }
      await sleep(TRY_AGAIN_MS)
    }
  }
}
