import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ImportFile } from '#services/console/import_file'
import { toActor } from '#transformers/actor'
import { importKeyOptions, toImportPage } from '#transformers/console/import_page'
import { flashNotice, toImportedNotice } from '#transformers/console/notice'
import { importFormValidator } from '#validators/console_import'
import { readImportRow } from '#validators/import'

@inject()
export default class ImportsController {
  constructor(private importFile: ImportFile) {}

  /** The form that takes a file. */
  async create({ view }: HttpContext) {
    return view.render('pages/import/create', { keys: importKeyOptions, plan: null })
  }

  /** Shows what a file would change and what is wrong with it; with the plan's hash, imports it. */
  async store(ctx: HttpContext) {
    const { request, response, session, upload, view } = ctx
    const { key, plan_hash: planHash } = await importFormValidator.validate(request.body())

    const dryRun = request.input('then') !== 'import' || planHash === undefined
    const given = { path: upload!.path, key, dryRun, planHash, readRow: readImportRow }
    const answer = await this.importFile.handle(given, toActor(ctx))
    if (answer.kind === 'imported') {
      flashNotice(session, toImportedNotice(answer.outcome))
      return response.redirect().status(303).toPath('/import')
    }
    return view.render('pages/import/create', { keys: importKeyOptions, plan: toImportPage(answer, key) })
  }
}
