import { FIELD_COLUMNS, type AssetField } from '#core/assets/asset'
import { type HistoryEntry } from '#services/search/asset_history'
import { toShownValue } from './asset_value.js'
import { toFieldLabel } from './field_label.js'
import { undoPath } from './notice.js'

/** What happened, as a sentence begins: "Changed by …". */
const TITLES: Record<string, string> = {
  create: 'Added',
  update: 'Changed',
  link: 'Linked to a source',
  missing: 'Marked missing',
  return: 'Seen again',
  delete: 'Deleted',
  restore: 'Restored',
  retire: 'Retired',
}

/** Fields of a change that say nothing to a person. */
const SILENT = new Set(['source', 'sourceRef', 'origin', 'isActive', 'mergedInto'])

interface Diff {
  readonly label: string
  readonly before: string | null
  readonly after: string | null
}

/** One entry of an asset's history, with each touched field before and after. */
export function toHistoryEvent(entry: HistoryEntry) {
  return {
    title: TITLES[entry.action] ?? entry.action,
    byPerson: entry.runId === null,
    actor: entry.actor,
    runId: entry.runId,
    at: entry.at,
    reason: entry.reason,
    diffs: toDiffs(entry),
    /** Only an edit of this asset alone: taking back a run would change many. */
    undo: entry.kind === 'edit' ? undoPath(entry.changeSetId) : null,
  }
}

/** The touched fields that say something to a person. What a new asset does not have is left out. */
export function toDiffs({ action, before, after }: Pick<HistoryEntry, 'action' | 'before' | 'after'>): Diff[] {
  const fields = Object.keys(after).filter((field) => !SILENT.has(field))
  const diffs = fields.map((field) => {
    const name = FIELD_COLUMNS[field as AssetField] ?? field
    return { label: toFieldLabel(name), before: toText(name, before[field]), after: toText(name, after[field]) }
  })
  return diffs.filter((diff) => action !== 'create' || diff.after !== null)
}

function toText(name: string, value: unknown): string | null {
  return value === null || value === undefined ? null : toShownValue(name, String(value))
}
