import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { SourceNotFound } from '#exceptions/source_not_found'
import { CheckSource } from '#services/sources/check_source'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { ListSources } from '#services/sources/list_sources'
import { pageOfShortList } from '#transformers/short_list'
import { sourceCheckShape, sourceShape } from '#transformers/source_transformer'
import { pageValidator } from '#validators/paging'

@inject()
export default class SourcesController {
  constructor(
    private sources: ConfiguredSources,
    private listSources: ListSources,
    private checkSource: CheckSource
  ) {}

  /** Every configured source, by rank. */
  async index(ctx: HttpContext) {
    const paging = await pageValidator.validate(ctx.request.qs())

    const sources = await this.listSources.handle()
    const rows = sources.map((source, index) => ({ source, place: index + 1 }))
    const page = pageOfShortList(ctx, { name: 'sources', rows, idOf: ({ place }) => place }, paging)
    return page.map(({ source }) => sourceShape.toJson(source))
  }

  /** Tests the connection. What fails is in the steps of the answer. */
  async check({ params }: HttpContext) {
    if (!this.sources.list().some((source) => source.name === params.name)) {
      throw new SourceNotFound(params.name)
    }
    return sourceCheckShape.toJson(await this.checkSource.handle(params.name))
  }
}
