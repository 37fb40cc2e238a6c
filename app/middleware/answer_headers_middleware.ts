import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { appUrl } from '#config/app'
import { safetyHeaders } from './safety_headers.js'

const IS_HTTPS = appUrl.startsWith('https:')

/**
 * Headers of every answer: the request's id, which also stands in the log and in problems, and those of safety. They are
 * set on Node's own response, which is where a page's policy with its nonce takes the place of the one set here.
 */
export default class AnswerHeadersMiddleware {
  handle({ request, response }: HttpContext, next: NextFn) {
    response.header('X-Request-Id', request.id()!)
    for (const [name, value] of Object.entries(safetyHeaders(request.url(), IS_HTTPS))) {
      response.response.setHeader(name, value)
    }
    return next()
  }
}
