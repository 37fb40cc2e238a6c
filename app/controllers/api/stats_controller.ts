import { inject } from '@adonisjs/core'
import { InventoryStats } from '#services/search/inventory_stats'
import { statsShape } from '#transformers/stats_transformer'

@inject()
export default class StatsController {
  constructor(private inventoryStats: InventoryStats) {}

  /** Counts of the active items. */
  async show() {
    return statsShape.toJson(await this.inventoryStats.handle())
  }
}
