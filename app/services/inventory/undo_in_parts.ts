import { type QueryClientContract, type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { faultPoint } from '#services/sync/fault_point'
import { closeRun, renewRun, type OwnedRun } from '#services/sync/store/run_queries'
import { letOthersWrite, tickClock } from '#services/sync/store/write_clock'
import { inheritSerials } from './inherit_serials.js'
import { loadEntries } from './load_undone.js'
import { undoTogether, type UndoneTogether } from './undo_change_set.js'
import { undoEntries } from './undo_entries.js'
import {
  loadUndoneSets,
  loadUndoProgress,
  nextEntries,
  saveKept,
  saveUndoProgress,
  type UndoneSet,
  type UndoProgress,
} from './undo_progress.js'
import { Undoing } from './undoing.js'

/** Entries that are taken back in one transaction. */
export const PART = 200
const NEWEST = 2_147_483_647

/**
 * Takes large change sets back in short transactions, each of which says how far it is: a worker that takes the run over
 * goes on from there, and nothing is taken back twice. First what hangs together, then the rest from the youngest entry on.
 *
 * @throws RunLost; the signal's reason, between two transactions
 */
export async function undoInParts(
  db: QueryClientContract,
  run: OwnedRun,
  { signal, size = PART }: { readonly signal: AbortSignal; readonly size?: number }
): Promise<void> {
  let progress = await loadUndoProgress(db, run)
  const sets = await loadUndoneSets(db, run.id)
  for (const set of sets.filter(({ id }) => id >= (progress.setId ?? 0))) {
    const last = sets.at(-1)!.id
    progress = progress.setId === set.id ? progress : { ...progress, setId: set.id, beforeId: null, apart: [] }
    for (let isDone = false; !isDone;) {
      signal.throwIfAborted()
      const part = await db.transaction((trx) => undoPart(trx, run, { set, progress, size, last }))
      faultPoint('undo-written')
      progress = part.progress
      isDone = part.isDone
      await letOthersWrite(db)
    }
  }
}

interface Given {
  readonly set: UndoneSet
  readonly progress: UndoProgress
  readonly size: number
  /** The last change set of the run. */
  readonly last: number
}

async function undoPart(
  trx: TransactionClientContract,
  run: OwnedRun,
  { set, progress, size, last }: Given
): Promise<{ progress: UndoProgress; isDone: boolean }> {
  await tickClock(trx)
  await renewRun(trx, run)
  const now = DateTime.utc().toISO()
  const actor = { userId: set.userId, name: set.actor }
  const undoing = new Undoing(trx, set.undoesId, actor, now, set.id)
  const isFirst = progress.beforeId === null
  const part = await takePart(undoing, progress, size)
  await saveKept(trx, run, set.id, { afterSeq: progress.kept, conflicts: part.conflicts })
  const isDone = !isFirst && part.count < size
  const reached: UndoProgress = {
    setId: set.id,
    beforeId: part.beforeId,
    apart: isFirst ? part.assetIds : progress.apart,
    done: progress.done + part.count,
    undone: progress.undone + part.undone,
    kept: progress.kept + part.conflicts.length,
  }
  await saveUndoProgress(trx, run, reached)
  if (isDone) {
    await inheritSerials(trx, { now, changeSetId: () => undoing.open() })
    await (set.id === last && closeRun(trx, run, { status: 'completed', errors: [] }, now))
  }
  faultPoint('undo-part')
  return { progress: reached, isDone }
}

/** Where the next part begins. */
export type PartBegin = Pick<UndoProgress, 'beforeId' | 'apart'>

/** Takes back what hangs together, which comes first, or the next entries. */
export async function takePart(undoing: Undoing, progress: PartBegin, size: number): Promise<Part> {
  return progress.beforeId === null ? takeTogether(undoing) : takeNext(undoing, progress, size)
}

type Part = UndoneTogether & {
  /** Entries that it looked at, and the oldest of them. */
  readonly count: number
  readonly beforeId: number
}

async function takeTogether(undoing: Undoing): Promise<Part> {
  return { ...(await undoTogether(undoing, 'together')), count: 0, beforeId: NEWEST }
}

async function takeNext(undoing: Undoing, { beforeId, apart }: PartBegin, limit: number): Promise<Part> {
  const { trx, undoesId } = undoing
  const next = await nextEntries(trx, undoesId, { beforeId: beforeId!, limit })
  const others = new Set(apart)
  const entries = await loadEntries(trx, undoesId, next.assetIds)
  const due = entries.filter(({ assetId, lastId }) => lastId < beforeId! && !others.has(assetId))
  const { conflicts, undone } = await undoEntries(undoing, due)
  return { undone, conflicts, assetIds: [], count: next.count, beforeId: next.oldestId }
}
