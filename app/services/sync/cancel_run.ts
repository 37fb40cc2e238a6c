import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { type Actor } from '#core/assets/asset'
import { RunEnded, RunNotFound } from '#core/reconcile/errors'
import { recordAudit } from '#services/audit/record_audit'
import { queueRunEvent } from '#services/webhooks/queue_events'
import { type RunStatus } from './store/run_queries.js'
import { execute, selectRows, type SqlClient } from './store/sql_client.js'
import { transactionInTurn } from './store/write_clock.js'

const CANCELLABLE: readonly RunStatus[] = ['queued', 'running', 'awaiting_approval']

/**
 * Cancels a run, and with a run of all sources its parts. What waits ends at once; what works notices within a second
 * and stops between two transactions. What was written stays (it can be undone); what is staged is discarded by a worker.
 */
export class CancelRun {
  /** @throws RunNotFound, RunEnded */
  async handle(id: number, actor: Actor): Promise<void> {
    await transactionInTurn(db.connection(), async (trx) => {
      const [run, ...parts] = await selectRows<{ status: RunStatus }>(
        trx,
        'select status from sync_runs where id = ? or parent_id = ? order by id',
        [id, id]
      )
      if (!run) {
        throw new RunNotFound(id)
      }
      if (![run, ...parts].some(({ status }) => CANCELLABLE.includes(status))) {
        throw new RunEnded(id, run.status)
      }
      await cancel(trx, id, `Cancelled by ${actor.name}`)
      await queueRunEvent(trx, id)
      await recordAudit(trx, { action: 'sync.cancelled', actor, target: `run ${id}` })
    })
  }
}

async function cancel(trx: SqlClient, id: number, sentence: string): Promise<void> {
  await execute(
    trx,
    `update sync_runs set status = 'cancelled', phase = null, errors = ?, completed_at = ?, resume_at = null,
       lease_owner = null, lease_expires_at = null
     where (id = ? or parent_id = ?) and status in ('queued', 'running', 'awaiting_approval')`,
    [JSON.stringify([sentence]), DateTime.utc().toISO(), id, id]
  )
}
