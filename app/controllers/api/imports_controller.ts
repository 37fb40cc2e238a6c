import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ImportAssets } from '#services/exchange/import_assets'
import { toActor } from '#transformers/actor'
import { importShape } from '#transformers/import_transformer'
import { importValidator, readImportRow } from '#validators/import'

@inject()
export default class ImportsController {
  constructor(private importAssets: ImportAssets) {}

  /** Adds and changes items from a CSV file: all of it, or nothing and a list of what is wrong. Only shows it, unless told. */
  async store(ctx: HttpContext) {
    const { key = 'asset_tag', dry_run: dryRun = true } = await importValidator.validate(ctx.request.body())

    const request = { path: ctx.upload!.path, key, dryRun, readRow: readImportRow }
    const outcome = await this.importAssets.handle(request, toActor(ctx))
    if (outcome.changeSetId !== null) {
      ctx.response.header('X-Change-Id', String(outcome.changeSetId))
    }
    return importShape.toJson(outcome)
  }
}
