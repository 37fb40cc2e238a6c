import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { type Actor } from '#core/assets/asset'
import { RunActive, SourceNotConfigured } from '#core/reconcile/errors'
import { recordAudit } from '#services/audit/record_audit'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { ALL_SOURCES, type SourceInstance } from '#services/sources/define_config'
import { RegisterSources } from '#services/sources/register_sources'
import { bulkSql, insertRows } from './store/bulk_sql.js'
import { execute, selectRows, type SqlClient } from './store/sql_client.js'
import { transactionInTurn } from './store/write_clock.js'

export interface SyncRequest {
  /** A source's name, or `all`. */
  readonly source: string
  readonly trigger: 'manual' | 'schedule' | 'command'
  readonly actor: Actor
  /** `plan` stops before anything is written. Default: apply. */
  readonly mode?: 'apply' | 'plan'
  /** Of all sources only these; the schedule leaves out those that keep failing. */
  readonly only?: ReadonlySet<string>
  /** Name of the schedule's slot. A slot is queued once. */
  readonly slot?: string
}

/** Puts a run into the queue; a worker takes it within a second. */
@inject()
export class TriggerSync {
  constructor(
    private sources: ConfiguredSources,
    private registerSources: RegisterSources
  ) {}

  /** @throws UnknownSource, SourceNotConfigured, RunActive */
  async handle(request: SyncRequest): Promise<{ runId: number }> {
    const { source, only, slot = null } = request
    const instances = this.#select(source).filter(({ name }) => only?.has(name) ?? true)
    await this.registerSources.handle()
    return transactionInTurn(db.connection(), async (trx) => {
      const ids = await findSourceIds(trx, instances)
      await refuseActive(trx, source, [...ids.values()])
      await refuseTaken(trx, source, slot)
      await expirePlans(trx, [...ids.values()], DateTime.utc().toISO())
      const isAll = source === ALL_SOURCES
      const count = isAll ? instances.length + 1 : 1
      const [runId, ...childIds] = await bulkSql(trx).allocateIds(trx, 'sync_runs', count)
      const queued = { ...request, queuedAt: DateTime.utc().toISO(), slot: null }
      await insertRuns(trx, [
        toRow(runId!, null, isAll ? null : ids.get(source)!, source, { ...queued, slot }),
        ...childIds.map((id, index) => {
          const { name } = instances[index]!
          return toRow(id, runId!, ids.get(name)!, name, queued)
        }),
      ])
      const { actor, trigger, mode = 'apply' } = request
      await recordAudit(trx, {
        action: 'sync.triggered',
        actor,
        target: `run ${runId}`,
        detail: { source, trigger, mode },
      })
      return { runId: runId! }
    })
  }

  #select(name: string): readonly SourceInstance[] {
    if (name === ALL_SOURCES) {
      const active = this.sources.active()
      if (active.length === 0) {
        throw new SourceNotConfigured('No source is configured: set the URL and credentials of one in the environment')
      }
      return active
    }
    const instance = this.sources.get(name)
    if (!this.sources.isConfigured(instance)) {
      throw new SourceNotConfigured(
        `The source "${name}" is not configured: set its URL and credentials in the environment`
      )
    }
    return [instance]
  }
}

async function findSourceIds(client: SqlClient, instances: readonly SourceInstance[]): Promise<Map<string, number>> {
  const rows = await selectRows<{ id: number; name: string }>(client, 'select id, name from sources')
  const ids = new Map(rows.map((row) => [row.name, row.id]))
  return new Map(instances.map(({ name }) => [name, ids.get(name)!]))
}

/** Runs whose worker died count too: they are taken up again. */
async function refuseActive(trx: SqlClient, source: string, ids: readonly number[]): Promise<void> {
  const [active] = await selectRows<{ id: number; parent_id: number | null }>(
    trx,
    `select id, parent_id from sync_runs where status in ('queued', 'running')
     and source_id in (${ids.map(() => '?').join(', ')}) order by id limit 1`,
    ids
  )
  if (active) {
    throw new RunActive(source, active.parent_id ?? active.id)
  }
}

/** Another worker was quicker: the clock ticked, so no third one can be between this look and the insert. */
async function refuseTaken(trx: SqlClient, source: string, slot: string | null): Promise<void> {
  const [taken] = await selectRows<{ id: number }>(trx, 'select id from sync_runs where slot = ?', [slot])
  if (taken) {
    throw new RunActive(source, taken.id)
  }
}

/** A newer run makes older plans of its sources worthless. A worker clears up what they staged. */
async function expirePlans(trx: SqlClient, ids: readonly number[], now: string): Promise<void> {
  await execute(
    trx,
    `update sync_runs set status = 'cancelled', errors = ?, completed_at = ?
     where status = 'awaiting_approval' and source_id in (${ids.map(() => '?').join(', ')})`,
    [JSON.stringify(['A newer run of the source took its place']), now, ...ids]
  )
}

function toRow(
  id: number,
  parentId: number | null,
  sourceId: number | null,
  source: string,
  request: Omit<SyncRequest, 'slot'> & { queuedAt: string; slot: string | null }
): Record<string, unknown> {
  return {
    id,
    parent_id: parentId,
    source_id: sourceId,
    source,
    trigger: request.trigger,
    mode: request.mode ?? 'apply',
    requested_by: request.actor.userId,
    status: 'queued',
    errors: [],
    queued_at: request.queuedAt,
    slot: request.slot,
  }
}

function insertRuns(trx: SqlClient, rows: readonly Record<string, unknown>[]): Promise<void> {
  return insertRows(
    trx,
    'sync_runs',
    {
      id: 'int',
      parent_id: 'int',
      source_id: 'int',
      source: 'text',
      trigger: 'text',
      mode: 'text',
      requested_by: 'int',
      status: 'text',
      errors: 'json',
      queued_at: 'time',
      slot: 'text',
    },
    rows
  )
}
