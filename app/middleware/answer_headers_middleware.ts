import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/**
 * Headers of every answer: the request's id, which also stands in the log and
 * in problems, and what keeps a browser from guessing types or framing pages.
 */
export default class AnswerHeadersMiddleware {
  handle({ request, response }: HttpContext, next: NextFn) {
    response.header('X-Request-Id', request.id()!)
    response.header('X-Content-Type-Options', 'nosniff')
    response.header('X-Frame-Options', 'DENY')
    response.header('Referrer-Policy', 'same-origin')
    response.header('Cross-Origin-Resource-Policy', 'same-origin')

    if (request.url().startsWith('/api/')) {
      response.header('Cache-Control', 'no-store')
      response.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
    }

    return next()
  }
}
