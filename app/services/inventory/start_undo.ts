import db from '@adonisjs/lucid/services/db'
import { inject } from '@adonisjs/core'
import { DateTime } from 'luxon'
import { type Actor } from '#core/assets/asset'
import { UNDO_RUN } from '#services/sources/define_config'
import { insertRows } from '#services/sync/store/bulk_sql'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { transactionInTurn } from '#services/sync/store/write_clock'
import { openChangeSet } from './change_set.js'
import { previewUndo } from './preview_undo.js'
import { refuseUnfinished, UndoChangeSet, type UndoOutcome } from './undo_change_set.js'
import { allocateRunId, loadUndoneSets } from './undo_progress.js'

/** Changes that are taken back while somebody waits for the answer; a worker takes more back. */
const MOST_AT_ONCE = 10_000

/** Done at once, or queued for a worker: then `changeSetIds` are those that it will write, in the order of what they take back. */
export type StartedUndo =
  | { readonly isQueued: false; readonly outcomes: readonly UndoOutcome[] }
  | { readonly isQueued: true; readonly runId: number; readonly changeSetIds: readonly number[] }

/** Takes change sets back in this order, all or none: at once, or by a run when they are large. */
@inject()
export class StartUndo {
  constructor(private undoChangeSet: UndoChangeSet) {}

  /**
   * Asked again while a worker takes one of them back, answers that run: nothing is taken back twice. `mostAtOnce` is
   * how many changes are done at once; what more would do is previewed in parts of `partSize`.
   *
   * @throws ChangeSetNotFound, ChangeSetUnfinished
   */
  async handle(
    ids: readonly number[],
    actor: Actor,
    options: { readonly dryRun?: boolean; readonly mostAtOnce?: number; readonly partSize?: number } = {}
  ): Promise<StartedUndo> {
    const { dryRun = false, mostAtOnce = MOST_AT_ONCE } = options
    const total = await countChanges(db.connection(), ids)
    const [first] = ids
    if (dryRun && ids.length === 1 && total > mostAtOnce) {
      return { isQueued: false, outcomes: [await previewUndo(first!, actor, options.partSize)] }
    }
    if (dryRun || total <= mostAtOnce) {
      return { isQueued: false, outcomes: await this.undoChangeSet.all(ids, actor, { dryRun }) }
    }
    return transactionInTurn(db.connection(), async (trx) => {
      const runId = (await findOpen(trx, ids)) ?? (await queue(trx, ids, { actor, total }))
      const sets = await loadUndoneSets(trx, runId)
      const changeSetIds = ids.flatMap((id) => sets.find(({ undoesId }) => undoesId === id)?.id ?? [])
      return { isQueued: true, runId, changeSetIds }
    })
  }
}

async function countChanges(client: SqlClient, ids: readonly number[]): Promise<number> {
  let total = 0
  for (const id of ids) {
    const [row] = await selectRows<{ count: number }>(
      client,
      'select cast(count(*) as integer) as count from changes where change_set_id = ?',
      [id]
    )
    total += row!.count
  }
  return total
}

/** The run that is taking one of them back. */
async function findOpen(trx: SqlClient, ids: readonly number[]): Promise<number | null> {
  for (const id of ids) {
    const [run] = await selectRows<{ id: number }>(
      trx,
      `select r.id from change_sets s join sync_runs r on r.id = s.run_id
       where s.undoes_id = ? and r.mode = 'undo' and r.status in ('queued', 'running')`,
      [id]
    )
    if (run) {
      return run.id
    }
  }
  return null
}

async function queue(
  trx: SqlClient,
  ids: readonly number[],
  { actor, total }: { readonly actor: Actor; readonly total: number }
): Promise<number> {
  await refuseUnfinished(trx, ids)
  const now = DateTime.utc().toISO()
  const runId = await allocateRunId(trx)
  await insertRows(
    trx,
    'sync_runs',
    {
      id: 'int',
      source: 'text',
      trigger: 'text',
      mode: 'text',
      requested_by: 'int',
      status: 'text',
      errors: 'json',
      queued_at: 'time',
      progress_total: 'int',
    },
    [
      {
        id: runId,
        source: UNDO_RUN,
        trigger: actor.userId === null ? 'command' : 'manual',
        mode: 'undo',
        requested_by: actor.userId,
        status: 'queued',
        errors: [],
        queued_at: now,
        progress_total: total,
      },
    ]
  )
  for (const undoesId of ids) {
    const head = { kind: 'undo', runId, userId: actor.userId, actor: actor.name, reason: null, undoesId } as const
    await openChangeSet(trx, head, now)
  }
  return runId
}
