import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { type QueryClientContract, type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { type Actor } from '#core/assets/asset'
import { type PlanRow } from '#core/reconcile/plan_row'
import { writeOrPreview } from '#services/inventory/dry_run'
import { openChangeSet } from '#services/inventory/change_set'
import { RegisterSources } from '#services/sources/register_sources'
import { replan } from './replan.js'
import { renewRun, type OwnedRun } from './store/run_queries.js'
import {
  assetsUnderPolicy,
  changedPolicies,
  saveAppliedPolicies,
  saveRanks,
  type ChangedPolicy,
} from './store/source_queries.js'
import { type SqlClient } from './store/sql_client.js'
import { tickClock } from './store/write_clock.js'

const CHUNK = 200

/** What a change of policy did to the inventory, or would do. */
export interface PolicyOutcome {
  /** Null in a dry run, and when nothing changed. */
  readonly changeSetId: number | null
  readonly updated: number
  /** In a dry run: every asset that would change. */
  readonly rows: readonly PlanRow[]
}

/**
 * Computes the assets again whose sources changed their rank or their time of release, from what the sources said last:
 * nobody is asked. A dry run may suppose other ranks.
 */
@inject()
export class ReplanPolicy {
  constructor(private registerSources: RegisterSources) {}

  async handle(
    actor: Actor,
    options: { readonly dryRun?: boolean; readonly ranks?: Readonly<Record<string, number>> } = {}
  ): Promise<PolicyOutcome> {
    await this.registerSources.handle()
    if (options.dryRun !== true) {
      return applyPolicy(db.connection(), actor)
    }
    const rows = await writeOrPreview(true, async (trx, now) => {
      await saveRanks(trx, options.ranks ?? {})
      const changed = await changedPolicies(trx)
      const set = { changeSetId: undefined }
      return eachChunk(trx, changed, (ids) => computeChunk(trx, ids, changed, set, actor, now))
    })
    return { changeSetId: null, updated: rows.length, rows }
  }
}

/**
 * Applies changed policies, a chunk of assets in each transaction. A run does it before it reconciles, so that it never
 * mixes assets of an old policy with those of a new one.
 */
export async function applyPolicy(
  client: QueryClientContract,
  actor: Actor,
  run: OwnedRun | null = null
): Promise<PolicyOutcome> {
  const changed = await changedPolicies(client)
  if (changed.length === 0) {
    return { changeSetId: null, updated: 0, rows: [] }
  }
  const now = DateTime.utc().toISO()
  const set: { changeSetId?: number } = {}
  const write = async <T>(work: (trx: TransactionClientContract) => Promise<T>) =>
    client.transaction(async (trx) => {
      await tickClock(trx)
      await (run && renewRun(trx, run))
      return work(trx)
    })
  const rows = await eachChunk(client, changed, (ids) =>
    write((trx) => computeChunk(trx, ids, changed, set, actor, now))
  )
  await write((trx) => saveAppliedPolicies(trx, changed))
  return { changeSetId: set.changeSetId ?? null, updated: rows.length, rows: [] }
}

async function eachChunk(
  client: SqlClient,
  changed: readonly ChangedPolicy[],
  compute: (assetIds: readonly number[]) => Promise<PlanRow[]>
): Promise<PlanRow[]> {
  const rows: PlanRow[] = []
  const sourceIds = changed.map((source) => source.id)
  for (let afterId = 0; ;) {
    const ids = await assetsUnderPolicy(client, sourceIds, afterId, CHUNK)
    if (ids.length === 0) {
      return rows
    }
    rows.push(...(await compute(ids)))
    afterId = ids.at(-1)!
  }
}

async function computeChunk(
  trx: TransactionClientContract,
  dirtyAssetIds: readonly number[],
  changed: readonly ChangedPolicy[],
  set: { changeSetId?: number },
  actor: Actor,
  now: string
): Promise<PlanRow[]> {
  const reason = `policy of ${changed.map(({ name, policy }) => `${name} is ${policy}`).join(', ')}`
  const head = { kind: 'policy', runId: null, userId: actor.userId, actor: actor.name, reason } as const
  const { rows } = await replan(trx, {
    recordIds: [],
    dirtyAssetIds,
    now,
    changeSetId: async () => (set.changeSetId ??= await openChangeSet(trx, head, now)),
    watch: async () => undefined,
  })
  return rows
}
