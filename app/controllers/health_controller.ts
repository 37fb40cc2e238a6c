import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CheckHealth } from '#services/health/check_health'

/** Seconds after which a check that failed is worth another try. */
const RETRY_AFTER = '5'

export default class HealthController {
  /** The process runs: nothing else is asked. */
  live() {
    return { status: 'ok' }
  }

  /** Whether requests can be served: 503 while the database is away or a migration is pending. */
  @inject()
  async show({ response }: HttpContext, checkHealth: CheckHealth) {
    const report = await checkHealth.handle()
    if (report.status !== 'ok') {
      response.status(503).header('Retry-After', RETRY_AFTER)
    }
    return report
  }
}
