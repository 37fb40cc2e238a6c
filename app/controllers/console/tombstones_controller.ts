import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ListTombstones } from '#services/inventory/list_tombstones'
import { readPosition } from '#transformers/console/list_position'
import { toTombstoneList, TOMBSTONES_PER_PAGE } from '#transformers/console/tombstone_list'

@inject()
export default class TombstonesController {
  constructor(private listTombstones: ListTombstones) {}

  /** What was deleted on purpose, and what it keeps away. */
  async index({ request, view }: HttpContext) {
    const beforeId = readPosition(request.qs().before)

    const tombstones = await this.listTombstones.handle({ limit: TOMBSTONES_PER_PAGE + 1, beforeId })
    const total = await this.listTombstones.count()
    return view.render('pages/deleted/index', { list: toTombstoneList(tombstones, total, beforeId) })
  }
}
