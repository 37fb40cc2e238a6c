import { type AssetView } from '#core/reconcile/asset_view'
import { type TouchedAsset } from '#core/reconcile/resolve'
import { type SourceRecord } from '#core/reconcile/types'
import { partiesOf, type Verdicts } from '#core/reconcile/verdicts'
import { type StoredAsset } from './store/asset_queries.js'

/**
 * An asset of the same name suggests itself when its address is the same too, or when it was typed by a person without
 * anything that could ever match. Names alone prove nothing, and never within one source.
 */
export function findNamesake(
  records: readonly SourceRecord[],
  view: AssetView,
  known: {
    namesakes: readonly { value: string; asset_id: number }[]
    assets: ReadonlyMap<number, StoredAsset>
    touchedAsset: (id: number) => TouchedAsset[]
    verdicts: Verdicts
  }
): TouchedAsset | null {
  const sourceIds = new Set(records.map((record) => record.sourceId))
  const parties = records.flatMap(partiesOf)
  const likely = known.namesakes.flatMap(({ value, asset_id: id }) => {
    const [asset, [touched]] = [known.assets.get(id), known.touchedAsset(id)]
    if (value !== view.hostname.toLowerCase() || !asset?.view.isActive || !touched) {
      return []
    }
    const isToldApart = known.verdicts.areDifferent(parties, [`asset:${id}`], null)
    const isOfOneSource = touched.records.some((record) => sourceIds.has(record.sourceId))
    const isBare = asset.view.origin === 'person' && asset.identifiers.every((one) => one.strength === 'weak')
    const isAtOneAddress = view.ipAddress !== null && asset.view.ipAddress === view.ipAddress
    return !isToldApart && !isOfOneSource && (isBare || isAtOneAddress) ? [touched] : []
  })
  return likely.length === 1 ? likely[0]! : null
}
