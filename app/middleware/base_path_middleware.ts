import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { basePath } from '#config/app'
import { BasePath } from './base_path.js'

const base = new BasePath(basePath)

/**
 * Takes the path of `APP_URL` off every request, before anything looks at its address, and sets it before the addresses in
 * the headers of the answer. A request without it is served too: health checks go past the proxy.
 */
export default class BasePathMiddleware {
  async handle({ request, response }: HttpContext, next: NextFn) {
    const message = request.request
    message.url = base.cut(message.url!)
    request.parsedUrl.pathname = base.cut(request.parsedUrl.pathname!)
    if (message.headers.referer !== undefined) {
      message.headers.referer = base.cutUrl(message.headers.referer)
    }

    await next()

    for (const name of ['location', 'link']) {
      const address = response.getHeader(name)
      if (typeof address === 'string') {
        response.header(name, base.before(address))
      }
    }
  }
}
