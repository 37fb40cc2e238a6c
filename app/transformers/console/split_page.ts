import { CLAIMED_FIELDS, PERSON_FIELDS, type Asset } from '#core/assets/asset'
import { type SplitPreview } from '#services/console/read_identity'
import { apiName } from '#services/inventory/check_values'
import { toLinkedRecords } from './asset_detail.js'
import { toCompareRows } from './compare_rows.js'

const FIELDS = [...CLAIMED_FIELDS, ...PERSON_FIELDS]

/** The records of an asset to choose from and, once some are chosen, the two assets that would come of it. */
export function toSplitPage({ asset, explanations, recordIds, outcome, refusal, revived }: SplitPreview) {
  const records = toLinkedRecords(explanations)
  return {
    path: `/items/${asset.id}/split`,
    hostname: asset.hostname,
    back: { href: `/items/${asset.id}`, label: asset.hostname },
    records: records.map((record) => ({ ...record, isChosen: recordIds.includes(record.id) })),
    recordIds,
    refusal,
    result: outcome && {
      title: revived ? `${revived.hostname} comes back` : 'An asset of its own',
      restTitle: `${asset.hostname} stays`,
      rows: toCompareRows([
        toApiValues({ ...asset, ...outcome.after }),
        toApiValues({ ...(revived ?? EMPTY), ...outcome.split }),
      ]),
    },
  }
}

const EMPTY = { status: 'in_use' } as const

function toApiValues(asset: Partial<Asset>): Record<string, string | null> {
  return Object.fromEntries(FIELDS.map((field) => [apiName(field), asset[field] ?? null]))
}
