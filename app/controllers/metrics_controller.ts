import { createHash, timingSafeEqual } from 'node:crypto'
import { inject } from '@adonisjs/core'
import { errors, type HttpContext } from '@adonisjs/core/http'
import { NotSignedIn } from '#core/access/errors'
import { isLoopback, parseIpAddress } from '#core/assets/ip_address'
import { Metrics } from '#services/metrics/metrics'
import env from '#start/env'

/** What reverse proxies add to a request that they pass on. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via']

export default class MetricsController {
  /** For Prometheus, with METRICS_TOKEN as its bearer token. Without that setting, for this machine alone. */
  @inject()
  async show({ request, response }: HttpContext, metrics: Metrics) {
    const token = env.get('METRICS_TOKEN')
    if (token === undefined && !isOfThisMachine(request)) {
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    }
    if (token !== undefined && !isSame(request.header('authorization') ?? '', `Bearer ${token.release()}`)) {
      throw new NotSignedIn()
    }
    response.header('Content-Type', metrics.contentType).header('Cache-Control', 'no-store')
    return metrics.toText(new Date())
  }
}

/** Asked over loopback, and not by a proxy on this machine for somebody else. */
function isOfThisMachine(request: HttpContext['request']): boolean {
  const address = parseIpAddress(request.request.socket.remoteAddress) ?? ''
  return isLoopback(address) && !FORWARDED.some((name) => request.header(name) !== undefined)
}

/** Takes as long for a wrong text as for the right one. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
