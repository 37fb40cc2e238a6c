import type { HttpContext } from '@adonisjs/core/http'
import { CheckHealth } from '#services/health/check_health'

export default class HealthController {
  /** The process runs: nothing else is asked. */
  async live() {
    return { status: 'ok' }
  }

  /** Whether requests can be served: 503 while the database is away or a migration is pending. */
  async show({ response }: HttpContext) {
    const report = await new CheckHealth().handle()
    if (report.status !== 'ok') {
      response.status(503).header('Retry-After', '5')
    }
    return report
  }
}
