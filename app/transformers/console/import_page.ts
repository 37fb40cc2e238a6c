import { type ImportAnswer } from '#services/console/import_file'
import { type ImportFault } from '#services/exchange/errors'
import { type ImportKey } from '#services/exchange/import_columns'
import { type PlannedImportRow } from '#services/exchange/import_rows'
import { toDiffs } from './history_event.js'
import { toFieldLabel, toFieldWords } from './field_label.js'
import { toSummary } from './plan_page.js'

/** So many bad rows, and so many changes, are shown; the counts are of all. */
const MOST_SHOWN = 200

export const importKeyOptions: readonly { readonly value: ImportKey; readonly label: string }[] = [
  { value: 'asset_tag', label: 'Asset tag' },
  { value: 'serial_number', label: 'Serial number' },
  { value: 'id', label: 'Id of the asset' },
]

/** What a file would change and what is wrong with it, before anything is written. */
export function toImportPage(answer: Exclude<ImportAnswer, { kind: 'imported' }>, key: ImportKey) {
  if (answer.kind === 'refused') {
    return { ...EMPTY, key, note: `${answer.message}. Nothing was imported.`, ...toFaults(answer.faults) }
  }
  const { counts, rows, faults, ignored, planHash } = answer.outcome
  const changes = counts.created + counts.updated
  return {
    key,
    note: toNote(answer.kind, counts),
    hash: counts.refused === 0 && changes > 0 ? planHash : null,
    label: changes === 1 ? 'Import 1 row' : `Import ${changes.toLocaleString('en')} rows`,
    counts: [
      { label: 'Rows', number: counts.rows, title: 'Rows of the file, without its first line' },
      { label: 'To add', number: counts.created, title: 'Assets that are new' },
      { label: 'To change', number: counts.updated, title: 'Assets of which a value changes' },
      { label: 'Unchanged', number: counts.unchanged, title: 'Rows that say what is so already' },
      { label: 'Refused', number: counts.refused, title: 'Rows that cannot be imported' },
    ],
    ignored: ignored.length === 0 ? null : `Passed over, because nobody types them: ${ignored.join(', ')}.`,
    rows: rows.slice(0, MOST_SHOWN).map(toRow),
    moreRows: changes > MOST_SHOWN ? `${MOST_SHOWN} of ${changes.toLocaleString('en')} changes are shown.` : null,
    ...toFaults(faults),
  }
}

const EMPTY = { hash: null, label: '', counts: [], ignored: null, rows: [], moreRows: null }

function toNote(kind: 'planned' | 'outdated', { refused, rows, created, updated }: Record<string, number>) {
  if (kind === 'outdated') {
    return 'The inventory or the file changed since it was checked. Nothing was imported: look at it again.'
  }
  if (refused! > 0) {
    return `${refused} of ${rows} rows cannot be imported. Put them right and check the file again: all rows are imported or none.`
  }
  return created! + updated! === 0 ? 'The inventory is already as the file says: there is nothing to import.' : null
}

function toFaults(faults: readonly ImportFault[]) {
  const shown = faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)).slice(0, MOST_SHOWN)
  return {
    faults: shown.map(({ line, column, field, message }) => ({
      line,
      column,
      field: field === 'file' ? null : toFieldLabel(field),
      message: toWords(message),
    })),
    moreFaults: faults.length > MOST_SHOWN ? `The first ${MOST_SHOWN} of ${faults.length} faults are shown.` : null,
  }
}

/** A fault as a person reads it: the API's names of fields become the words of the page, quoted values stay. */
function toWords(message: string): string {
  return message
    .replace(/^Line \d+(?:, column \d+)?: /, '')
    .replace(/^The \w+ field must be defined$/, 'Nothing is given, and every asset needs it')
    .split('"')
    .map((part, index) =>
      index % 2 === 0 ? part.replaceAll(/\b[a-z]+_[a-z]+\b/g, (name) => toFieldWords(name)) : part
    )
    .join('"')
}

function toRow({ line, action, assetId, before, after }: PlannedImportRow) {
  const isNew = action === 'create'
  return {
    line,
    word: isNew ? 'Add' : 'Change',
    assetId,
    name: isNew ? String(after.hostname) : `Asset ${assetId}`,
    summary: isNew ? toSummary(after) : null,
    diffs: isNew ? [] : toDiffs({ action, before, after }),
  }
}
