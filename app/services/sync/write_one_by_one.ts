import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { discardStage } from './discard_stage.js'
import { type Batch } from './find_work.js'
import { loadAssets } from './store/asset_queries.js'
import { loadRecords } from './store/record_queries.js'
import { renewRun, type OwnedRun } from './store/run_queries.js'
import { saveRejects } from './store/stage_queries.js'
import { tickClock } from './store/write_clock.js'

/** A device that the database refused to store. */
export interface StoreFailure {
  readonly nativeId: string | null
  /** The device's name, for a person. */
  readonly title: string
  readonly reason: string
}

const CODE = 'E_NOT_STORED'

/** Runs a write; answers why the database refused its data, or null when it took them. Other faults are thrown. */
export async function refusalOf(write: () => Promise<void>): Promise<string | null> {
  try {
    await write()
    return null
  } catch (error) {
    const reason = refusalIn(error)
    if (reason === null) {
      throw error
    }
    return reason
  }
}

/** Writes the parts of a batch that was refused each alone, and answers those that are refused again. */
export async function writeOneByOne(
  db: QueryClientContract,
  runId: number,
  batch: Batch,
  write: (part: Batch) => Promise<void>
): Promise<StoreFailure[]> {
  const failures: StoreFailure[] = []
  const parts: Batch[] = [
    ...batch.components.map((component) => ({ components: [component], dirtyAssetIds: [] })),
    ...batch.dirtyAssetIds.map((id) => ({ components: [], dirtyAssetIds: [id] })),
  ]
  for (const part of parts) {
    const reason = await refusalOf(() => write(part))
    if (reason !== null) {
      failures.push(...(await describe(db, runId, part, reason)))
    }
  }
  return failures
}

/** Notes the devices with the run, and forgets what was staged of them: the next run tries again. */
export async function rejectFailures(
  db: QueryClientContract,
  run: OwnedRun,
  failures: readonly StoreFailure[]
): Promise<void> {
  if (failures.length > 0) {
    await db.transaction(async (trx) => {
      await tickClock(trx)
      await renewRun(trx, run)
      const rejects = failures.map(({ nativeId, reason }) => ({ nativeId, code: CODE, message: reason }))
      await saveRejects(trx, run.id, rejects)
    })
    await discardStage(db, run.id, run)
  }
}

async function describe(
  db: QueryClientContract,
  runId: number,
  { components, dirtyAssetIds }: Batch,
  reason: string
): Promise<StoreFailure[]> {
  const records = await loadRecords(
    db,
    components.flatMap((component) => component.recordIds),
    runId
  )
  const assets = await loadAssets(db, dirtyAssetIds)
  return [
    ...records.map(({ nativeId, observation }) => ({
      nativeId,
      title: observation.claims.hostname ?? nativeId,
      reason,
    })),
    ...[...assets.values()].map(({ view }) => ({ nativeId: null, title: view.hostname, reason })),
  ]
}

/** Why the database refuses data, without the statement and its values; null for any other fault. */
function refusalIn(error: unknown): string | null {
  if (!(error instanceof Error)) {
    return null
  }
  const { code = '', constraint } = error as Error & { code?: string; constraint?: string }
  if (code.startsWith('SQLITE_CONSTRAINT')) {
    const rule = /\w+(?: \w+)* constraint failed(?:: [\w., ]+)?/.exec(error.message)
    return `the database refused it: ${rule?.[0] ?? code}`
  }
  return /^2[23]/.test(code) ? `the database refused it: ${constraint ?? code}` : null
}
