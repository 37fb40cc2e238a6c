import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'

/** Turns what was thrown into a problem document for scripts and a page for people. */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = false
  protected renderStatusPages = false

  async handle(error: unknown, ctx: HttpContext) {
    return super.handle(error, ctx)
  }
}
