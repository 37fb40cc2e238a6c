import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { CheckSource } from '#services/sources/check_source'
import { toCheckReport } from '#transformers/console/source_card'

@inject()
export default class SourceChecksController {
  constructor(private checkSource: CheckSource) {}

  /** Tests the connection to a source; the page of the sources then shows the steps. */
  async store({ params, response, session }: HttpContext) {
    const check = await this.checkSource.handle(params.name)

    session.flash('report', toCheckReport(check))
    return response.redirect().status(303).toPath(`/sources#source-${params.name}`)
  }
}
