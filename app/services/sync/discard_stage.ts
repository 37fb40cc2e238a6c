import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { deleteObservations } from './store/link_queries.js'
import { forgetReading, runsWithLeftovers, stagedIds } from './store/reading_queries.js'
import { renewRun, type OwnedRun } from './store/run_queries.js'
import { letOthersWrite, tickClock } from './store/write_clock.js'

/** Observations deleted in one transaction: nobody waits long for the writer. */
const SLICE = 500

/**
 * Forgets what a run staged and did not promote, slice by slice. Of a run that still works only its owner may.
 *
 * @throws RunLost
 */
export async function discardStage(db: QueryClientContract, runId: number, owned: OwnedRun | null): Promise<void> {
  for (let afterId = 0; ;) {
    const ids = await stagedIds(db, runId, afterId, SLICE)
    if (ids.length > 0) {
      await db.transaction(async (trx) => {
        await tickClock(trx)
        if (owned) {
          await renewRun(trx, owned)
        }
        await deleteObservations(trx, ids)
      })
    }
    if (ids.length < SLICE) {
      return
    }
    afterId = ids.at(-1)!
    await letOthersWrite(db)
  }
}

/** Clears up behind runs that ended and left something staged: cancelled, failed, or applied in part. */
export async function discardLeftovers(db: QueryClientContract): Promise<void> {
  for (const runId of await runsWithLeftovers(db)) {
    await discardStage(db, runId, null)
    await forgetReading(db, runId)
  }
}
