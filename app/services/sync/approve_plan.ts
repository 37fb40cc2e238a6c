import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { type Actor } from '#core/assets/asset'
import { InvalidValue } from '#core/assets/errors'
import { PlanHashDiffers, PlanNotWaiting, PlanOfAll, RunNotFound } from '#core/reconcile/errors'
import { recordAudit } from '#services/audit/record_audit'
import { openChangeSet } from '#services/inventory/change_set'
import { execute, selectRows } from './store/sql_client.js'
import { loadPlanRows, markPlanRows } from './store/plan_queries.js'
import { type RunStatus } from './store/run_queries.js'
import { transactionInTurn } from './store/write_clock.js'

export interface Approving {
  readonly planHash: string
  /** Places of the rows to apply; undefined: all of them. */
  readonly rows?: readonly number[]
}

/** Approves a plan by its hash, guards included, and queues it: a worker applies exactly its ticked rows. */
export class ApprovePlan {
  /** @throws RunNotFound, PlanOfAll, PlanNotWaiting, PlanHashDiffers, InvalidValue of the field `rows` */
  async handle(id: number, approving: Approving, actor: Actor): Promise<{ changeSetId: number }> {
    return transactionInTurn(db.connection(), async (trx) => {
      const [run] = await selectRows<{ source_id: number | null; status: RunStatus; plan_hash: string | null }>(
        trx,
        `select source_id, status, plan_hash from sync_runs r where id = ? and (mode = 'plan' or plan_hash is not null
           or exists (select 1 from sync_runs part where part.parent_id = r.id and part.plan_hash is not null))`,
        [id]
      )
      if (!run) {
        throw new RunNotFound(id)
      }
      if (run.source_id === null) {
        throw new PlanOfAll(id)
      }
      if (run.status !== 'awaiting_approval') {
        throw new PlanNotWaiting(id, run.status)
      }
      if (run.plan_hash !== approving.planHash) {
        throw new PlanHashDiffers(id)
      }
      if (approving.rows) {
        const ticked = new Set(approving.rows)
        const all = await loadPlanRows(trx, id)
        refuseUnknownRows(approving.rows, all.length)
        const unticked = all.filter((row) => !ticked.has(row.seq)).map((row) => row.seq)
        await markPlanRows(trx, id, unticked, 'unticked')
      }
      const head = { kind: 'run', runId: id, userId: actor.userId, actor: actor.name, reason: null } as const
      const changeSetId = await openChangeSet(trx, head, DateTime.utc().toISO())
      await execute(
        trx,
        `update sync_runs set status = 'queued', change_set_id = ?, completed_at = null, errors = '[]' where id = ?`,
        [changeSetId, id]
      )
      const detail = { change_id: changeSetId, rows: approving.rows?.length ?? null }
      await recordAudit(trx, { action: 'plan.approved', actor, target: `run ${id}`, detail })
      return { changeSetId }
    })
  }
}

/** Rows are numbered from 1 without gaps. */
function refuseUnknownRows(ticked: readonly number[], total: number): void {
  const unknown = ticked.find((row) => row < 1 || row > total)
  if (unknown !== undefined) {
    throw new InvalidValue('rows', `The plan has no row ${unknown}: its rows are 1 to ${total}`, 'exists')
  }
}
