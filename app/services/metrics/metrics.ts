import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { version } from '#config/app'
import { readDatabaseMetrics, type DatabaseMetrics } from './database_metrics.js'

/** Seconds. A page takes tens of milliseconds, an export or an import may take minutes. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60]

/**
 * What a monitoring system may know of this process and of the database. Requests are those of this process; everything
 * of the database is read anew at each scrape, and says the same whichever process answers.
 */
export class Metrics {
  readonly #registry = new Registry()
  readonly #requests: Histogram<'method' | 'route' | 'status'>
  readonly #databaseUp: Gauge
  readonly #gauges: Record<keyof DatabaseMetrics, Gauge>

  constructor() {
    const registers = [this.#registry]
    collectDefaultMetrics({ register: this.#registry })
    new Gauge({ name: 'laim_info', help: 'Always 1', labelNames: ['version'], registers }).set({ version }, 1)
    this.#requests = new Histogram({
      name: 'laim_http_request_duration_seconds',
      help: 'Requests that were answered, by the route that answered them',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS,
      registers,
    })
    this.#databaseUp = new Gauge({ name: 'laim_database_up', help: '1 while the database answers', registers })

    const gauge = (name: string, help: string, ...labelNames: string[]) =>
      new Gauge({ name: `laim_${name}`, help, labelNames, registers })
    this.#gauges = {
      items: gauge('items', 'Active items', 'item_type'),
      devices: gauge('devices', 'Devices that a source lists', 'source', 'state'),
      runs: gauge('runs', 'Runs in the history', 'source', 'status'),
      queueAge: gauge('queue_age_seconds', 'How long the run that is due the longest has waited for a worker'),
      leases: gauge('leases', 'Runs and duties that a worker holds; expired: its worker is gone', 'name', 'state'),
      lastSuccess: gauge('source_last_success_timestamp_seconds', 'End of the last complete reading', 'source'),
      openReviews: gauge('open_reviews', 'Decisions that wait for a person'),
    }
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** `route`: the pattern, never the path, or every id would be a series of its own. */
  countRequest(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds)
  }

  /** The text that Prometheus reads. A database that is away takes its part with it, and nothing else. */
  async toText(now: Date): Promise<string> {
    for (const gauge of Object.values(this.#gauges)) {
      gauge.reset()
    }
    try {
      const samples = await readDatabaseMetrics(now)
      for (const [name, rows] of Object.entries(samples)) {
        for (const { labels, value } of rows) {
          this.#gauges[name as keyof DatabaseMetrics].set(labels, value)
        }
      }
      this.#databaseUp.set(1)
    } catch {
      this.#databaseUp.set(0)
    }
    return this.#registry.metrics()
  }
}
