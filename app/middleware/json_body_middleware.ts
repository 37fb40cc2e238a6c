import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { UnsupportedMediaType } from '#exceptions/unsupported_media_type'

/** Refuses a body that is not JSON, which would otherwise be taken for an empty one. */
export default class JsonBodyMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    const isEmpty = !request.hasBody() || request.header('content-length') === '0'
    if (!isEmpty && request.is(['application/json']) === null) {
      throw new UnsupportedMediaType()
    }
    return next()
  }
}
