import db from '@adonisjs/lucid/services/db'
import { type EngineWorld } from '#tests/helpers/engine_world'

class WorkerDied extends Error {}

/**
 * Works on a run until its worker sends its n-th statement: that one and all that it would have done after it are lost,
 * and so is its open transaction. Its lease has run out then. A run that ends before ends.
 */
export async function dieAt(world: EngineWorld, runId: number, statement: number): Promise<void> {
  const death = new AbortController()
  const { client } = db.connection().getWriteClient()
  let left = statement
  const strike = () => {
    left -= 1
    if (left === 0) {
      death.abort()
      throw new WorkerDied()
    }
  }
  client.on('query', strike)
  try {
    await world.work(runId, death.signal)
  } catch (error) {
    if (!(error instanceof WorkerDied)) {
      throw error
    }
  } finally {
    client.off('query', strike)
  }
  await db
    .from('sync_runs')
    .where('status', 'running')
    .update({ lease_expires_at: new Date(0).toISOString() })
}
