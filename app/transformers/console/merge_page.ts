import { CLAIMED_FIELDS, PERSON_FIELDS, type Asset } from '#core/assets/asset'
import { type MergePreview } from '#services/console/read_identity'
import { apiName } from '#services/inventory/check_values'
import { toTypeIcon } from './asset_type_icon.js'
import { toCompareRows, type CompareRow } from './compare_rows.js'
import { toFieldWords } from './field_label.js'

const FIELDS = [...CLAIMED_FIELDS, ...PERSON_FIELDS]

/** Two assets and the one they would be. `id` is the asset whose page one came from. */
export function toMergePage({ survivor, absorbed, outcome, pinned }: MergePreview, id: number) {
  const own = id === survivor.id ? survivor : absorbed
  const other = id === survivor.id ? absorbed : survivor
  const path = `/items/${own.id}/merge/${other.id}`
  const records = outcome.movedRecordIds.length
  return {
    path,
    title: `Merge ${own.hostname} with ${other.hostname}`,
    back: { href: `/items/${own.id}/merge`, label: 'Choose another one' },
    staysId: survivor.id,
    choices: [own, other].map((asset) => ({
      label: `${asset.hostname} stays`,
      href: `${path}?stays=${asset.id}`,
      isOn: asset.id === survivor.id,
    })),
    sides: [toSide(survivor, 'stays'), toSide(absorbed, 'goes')],
    rows: toMergeRows([survivor, absorbed, { ...survivor, ...outcome.after }], pinned),
    sentences: [
      `Asset ${survivor.id} keeps its address and its history; asset ${absorbed.id} leaves the list, its history stays.`,
      records === 0
        ? null
        : `${records === 1 ? '1 record' : `${records} records`} of sources ${records === 1 ? 'moves' : 'move'} along.`,
      outcome.conflicts.length === 0
        ? 'No value is lost.'
        : `What gives way: ${outcome.conflicts.map(({ field }) => toFieldWords(field)).join(', ')}.`,
    ].filter((sentence) => sentence !== null),
  }
}

function toSide(asset: Asset, becomes: 'stays' | 'goes') {
  return {
    id: asset.id,
    title: asset.hostname,
    icon: toTypeIcon(asset.assetType),
    becomes: becomes === 'stays' ? 'stays' : 'goes into the other',
  }
}

/** The values of both, and those that result: what gives way is struck out, what a pin keeps is marked. */
function toMergeRows(assets: readonly Asset[], pinned: ReadonlySet<string>): readonly CompareRow[] {
  const rows = toCompareRows(assets.map(toApiValues))
  return rows.map((row) => {
    const [kept, given, result] = row.cells
    const isLost = given!.text !== null && given!.text !== result!.text
    const isOther = kept!.text !== null && given!.text !== null && kept!.text !== given!.text
    return {
      ...row,
      agreement: isOther ? 'differs' : kept!.text === given!.text ? 'agrees' : 'single',
      cells: [
        { ...kept!, isLost: kept!.text !== null && kept!.text !== result!.text },
        { ...given!, isLost },
        { ...result!, isResult: true, isPinned: pinned.has(row.field) },
      ],
    }
  })
}

function toApiValues(asset: Asset): Record<string, string | null> {
  return Object.fromEntries(FIELDS.map((field) => [apiName(field), asset[field]]))
}
