import { inject } from '@adonisjs/core'
import { ExplainAsset } from '#services/inventory/explain_asset'
import { ListAssetTypes } from '#services/inventory/list_asset_types'
import { ListRooms } from '#services/inventory/list_rooms'
import { AssetHistory } from '#services/search/asset_history'
import { AssetIdentifiers } from '#services/search/asset_identifiers'
import { ChangesSince } from '#services/search/changes_since'
import { FindAsset } from '#services/search/find_asset'

export const HISTORY_PER_PAGE = 25

/** Reads what the pages of one asset show. */
@inject()
export class ReadAsset {
  constructor(
    private findAsset: FindAsset,
    private explainAsset: ExplainAsset,
    private assetIdentifiers: AssetIdentifiers,
    private assetHistory: AssetHistory,
    private changesSince: ChangesSince,
    private listAssetTypes: ListAssetTypes,
    private listRooms: ListRooms
  ) {}

  /** Everything about it. The history before the change `beforeId`, one entry more than a page has if there are older ones. */
  async whole(id: number, beforeId: number | undefined) {
    const [asset, explanations, identifiers, history] = await Promise.all([
      this.findAsset.handle(id),
      this.explainAsset.handle(id),
      this.assetIdentifiers.handle(id),
      this.assetHistory.handle(id, { limit: HISTORY_PER_PAGE + 1, beforeId }),
    ])
    return { asset, explanations, identifiers, history }
  }

  /** What its form needs; with the revision of a form that came too late, what changed since. */
  async editable(id: number, readRevision: number | undefined) {
    const [asset, explanations, choices] = await Promise.all([
      this.findAsset.handle(id),
      this.explainAsset.handle(id),
      this.choices(),
    ])
    const changes = readRevision === undefined ? null : await this.changesSince.handle(id, readRevision)
    return { asset, explanations, choices, changes }
  }

  /** What the selects of the form offer. */
  async choices() {
    const [types, rooms] = await Promise.all([this.listAssetTypes.handle(), this.listRooms.handle()])
    return { types: types.map(({ name }) => name), rooms: rooms.map(({ name }) => name) }
  }
}
