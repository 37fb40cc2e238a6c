import { createHash, timingSafeEqual } from 'node:crypto'
import { inject } from '@adonisjs/core'
import { errors, type HttpContext } from '@adonisjs/core/http'
import { NotSignedIn } from '#core/access/errors'
import { Metrics } from '#services/metrics/metrics'
import env from '#start/env'

export default class MetricsController {
  /** For Prometheus, with METRICS_TOKEN as its bearer token. Without that setting there is nothing here. */
  @inject()
  async show({ request, response }: HttpContext, metrics: Metrics) {
    const token = env.get('METRICS_TOKEN')
    if (token === undefined) {
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    }
    if (!isSame(request.header('authorization') ?? '', `Bearer ${token.release()}`)) {
      throw new NotSignedIn()
    }
    response.header('Content-Type', metrics.contentType).header('Cache-Control', 'no-store')
    return metrics.toText(new Date())
  }
}

/** Takes as long for a wrong text as for the right one. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
