import { type ApplicationService } from '@adonisjs/core/types'
import { type HttpContext } from '@adonisjs/core/http'
import { type Logger } from '@adonisjs/core/logger'
import { Metrics } from '#services/metrics/metrics'

/** Asked for every few seconds by machines: a line for each would hide the others. */
const UNLOGGED = ['/health', '/health/live', '/metrics']

/** Counts every request that was answered, and writes one line of log for it. */
export default class RequestProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Metrics, () => new Metrics())
  }

  async ready() {
    const metrics = await this.app.container.make(Metrics)
    const emitter = await this.app.container.make('emitter')
    const logger = await this.app.container.make('logger')
    // A line has no field that could hold a secret; looking through it for some would take longer than to write it.
    const lines = logger.child({}, { redact: { paths: [] } })
    emitter.on('http:request_completed', ({ ctx, duration: [seconds, nanoseconds] }) => {
      const took = seconds + nanoseconds / 1e9
      metrics.countRequest(ctx.request.method(), ctx.route?.pattern ?? 'none', ctx.response.getStatus(), took)
      logRequest(lines, ctx, took)
    })
  }
}

/** The path without its query, which may hold what a person searched for. */
function logRequest(lines: Logger, { request, response, route }: HttpContext, seconds: number): void {
  if (route && UNLOGGED.includes(route.pattern)) {
    return
  }
  const ms = Math.round(seconds * 1000)
  lines.info(
    { request_id: request.id(), method: request.method(), path: request.url(), status: response.getStatus(), ms },
    'answered'
  )
}
