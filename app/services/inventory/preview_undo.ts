import db from '@adonisjs/lucid/services/db'
import { type Actor } from '#core/assets/asset'
import { letOthersWrite } from '#services/sync/store/write_clock'
import { writeOrPreview } from './dry_run.js'
import { refuseUnfinished, type UndoOutcome } from './undo_change_set.js'
import { type UndoConflict } from './undo_entries.js'
import { PART, takePart, type PartBegin } from './undo_in_parts.js'
import { Undoing } from './undoing.js'

/**
 * What taking a large change set back would do, part by part as a worker would, each rolled back: the writer is free
 * between them, and no more than a part is in memory.
 *
 * @throws ChangeSetNotFound, ChangeSetUnfinished
 */
export async function previewUndo(id: number, actor: Actor, size: number = PART): Promise<UndoOutcome> {
  await refuseUnfinished(db.connection(), [id])
  const conflicts: UndoConflict[] = []
  let undone = 0
  let next: PartBegin | null = { beforeId: null, apart: [] }
  while (next) {
    const from: PartBegin = next
    const part = await writeOrPreview(true, (trx, now) => takePart(new Undoing(trx, id, actor, now), from, size))
    conflicts.push(...part.conflicts)
    undone += part.undone
    const isFirst = from.beforeId === null
    const isLast = !isFirst && part.count < size
    next = isLast ? null : { beforeId: part.beforeId, apart: isFirst ? part.assetIds : from.apart }
    await letOthersWrite(db.connection())
  }
  return { changeSetId: null, undone, conflicts }
}
