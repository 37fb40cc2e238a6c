import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { demandsHttps } from '#config/app'
import { safetyHeaders } from './safety_headers.js'

/**
 * Headers of every answer: the request's id, which also stands in the log and in problems, and those of safety. They are
 * set on Node's own response, which is where a page's policy with its nonce takes the place of the one set here.
 */
export default class AnswerHeadersMiddleware {
  handle({ request, response }: HttpContext, next: NextFn) {
    response.header('X-Request-Id', request.id()!)
    const headers = safetyHeaders(request.url(), demandsHttps)
    for (const name in headers) {
      response.response.setHeader(name, headers[name]!)
    }
    return next()
  }
}
