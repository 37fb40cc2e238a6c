import { type Asset } from '#core/assets/asset'
import { type AssetIdentifier } from '#core/reconcile/asset_view'
import { HISTORY_PER_PAGE } from '#services/console/read_asset'
import { type FieldExplanation } from '#services/inventory/explain_asset'
import { type HistoryEntry } from '#services/search/asset_history'
import { toShownValue } from './asset_value.js'
import { toFieldLabel } from './field_label.js'
import { toHistoryEvent } from './history_event.js'
import { toIdentifierList } from './identifier_list.js'
import { STATUS_WORDS } from './looks.js'
import { toWebAddress } from './web_address.js'
import { toWhy, type Why } from './why.js'

/** One field of an asset as its page shows it. */
interface Fact {
  readonly field: string
  readonly label: string
  readonly value: string | null
  /** Technical figures that one copies. */
  readonly isCode: boolean
  /** Null where nothing is to be explained. */
  readonly why: Why | null
}

const GROUPS = [
  { id: 'identity', title: 'Identity', fields: ['hostname', 'item_type', 'serial_number', 'asset_tag', 'status'] },
  { id: 'network', title: 'Network', fields: ['mac_address', 'ip_address', 'vendor', 'model', 'firmware_version'] },
  { id: 'place', title: 'Place and notes', fields: ['room_location', 'sub_location', 'location', 'notes'] },
] as const

const CODES = new Set(['serial_number', 'asset_tag', 'mac_address', 'ip_address'])

/** What is known of one asset; `history` holds one entry more than fits if there are older ones. */
export interface WholeAsset {
  readonly asset: Asset
  readonly explanations: readonly FieldExplanation[]
  readonly identifiers: readonly AssetIdentifier[]
  readonly history: readonly HistoryEntry[]
}

/** Everything that the page of one asset shows beside the asset itself. */
export function toAssetDetail({ asset, explanations, identifiers, history }: WholeAsset) {
  const page = history.slice(0, HISTORY_PER_PAGE)
  const last = page.at(-1)
  return {
    statusWord: STATUS_WORDS[asset.status],
    groups: toFactGroups(explanations),
    records: toLinkedRecords(explanations),
    heldCount: explanations.filter(({ held }) => held !== null).length,
    ...toIdentifierList(identifiers),
    events: page.map(toHistoryEvent),
    olderHref: history.length > HISTORY_PER_PAGE && last ? `/items/${asset.id}?before=${last.id}` : null,
  }
}

/** The fields of an asset in groups, each with its explanation. */
function toFactGroups(explanations: readonly FieldExplanation[]) {
  const byField = new Map(explanations.map((explanation) => [explanation.field, explanation]))
  return GROUPS.map(({ id, title, fields }) => ({
    id,
    title,
    facts: fields.flatMap((field) => {
      const explanation = byField.get(field)
      return explanation ? [toFact(explanation)] : []
    }),
  }))
}

/** A record of a source that is the asset, as far as it claims anything. */
export interface LinkedRecord {
  readonly id: number
  readonly source: string
  readonly nativeId: string
  readonly href: string | null
  readonly isMissing: boolean
}

/** The records of sources that stand behind an asset, each once. */
export function toLinkedRecords(explanations: readonly FieldExplanation[]): LinkedRecord[] {
  const records = new Map<number, LinkedRecord>()
  for (const { recordId: id, source, nativeId, href, presence } of explanations.flatMap(({ claims }) => claims)) {
    records.set(id, { id, source, nativeId, href: toWebAddress(href), isMissing: presence !== 'present' })
  }
  return [...records.values()]
}

function toFact(explanation: FieldExplanation): Fact {
  const { field } = explanation
  return {
    field,
    label: toFieldLabel(field),
    value: toShownValue(field, explanation.value),
    isCode: CODES.has(field),
    why: explanation.winner.kind === 'none' && explanation.claims.length === 0 ? null : toWhy(explanation),
  }
}
