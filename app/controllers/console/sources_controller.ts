import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ListSources } from '#services/sources/list_sources'
import { toSourceCard } from '#transformers/console/source_card'

@inject()
export default class SourcesController {
  constructor(private listSources: ListSources) {}

  /** Every source, with the connection test that was just made. */
  async index({ session, view }: HttpContext) {
    const sources = await this.listSources.handle()
    return view.render('pages/sources/index', {
      sources: sources.map(toSourceCard),
      report: session.flashMessages.get('report'),
    })
  }
}
