import { Readable } from 'node:stream'
import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ExportAssets } from '#services/search/export_assets'
import { toActor } from '#transformers/actor'
import { toAssetFilter } from '#transformers/asset_filter'
import { toCsv, toJsonArray } from '#transformers/item_export'
import { exportItemsValidator } from '#validators/item'

@inject()
export default class ExportsController {
  constructor(private exportAssets: ExportAssets) {}

  /** The items that match the filters, as a CSV file that can be imported again. */
  async csv(ctx: HttpContext) {
    this.#send(ctx, 'csv', 'text/csv; charset=utf-8', toCsv(await this.#pages(ctx)))
  }

  /** The items that match the filters, as one JSON array. */
  async json(ctx: HttpContext) {
    this.#send(ctx, 'json', 'application/json; charset=utf-8', toJsonArray(await this.#pages(ctx)))
  }

  async #pages(ctx: HttpContext) {
    const { sort, ...filters } = await exportItemsValidator.validate(ctx.request.qs())
    return this.exportAssets.handle(toAssetFilter(filters), toActor(ctx), sort)
  }

  #send({ response }: HttpContext, extension: string, type: string, pieces: AsyncIterable<string>) {
    response.header('Content-Type', type)
    response.header('Content-Disposition', `attachment; filename="laim-items.${extension}"`)
    response.stream(Readable.from(pieces, { objectMode: false }))
  }
}
