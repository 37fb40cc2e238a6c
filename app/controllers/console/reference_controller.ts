import app from '@adonisjs/core/services/app'
import { type HttpContext } from '@adonisjs/core/http'
import { operations } from '#start/routes/operation'
import { toApiReference } from '#transformers/console/api_reference'
import { openapiDocument } from '#transformers/openapi/openapi_document'

export default class ReferenceController {
  /** The reference of the API, made from the OpenAPI document; like that, it is for everybody. */
  async show({ view }: HttpContext) {
    const document = openapiDocument(operations, app.config.get('app.version'))
    return view.render('pages/reference/show', { reference: toApiReference(operations, document) })
  }
}
