import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import { version } from '#config/app'

/** Read by load balancers, container engines and scripts, without signing in: no secrets, no addresses, no error texts. */
export interface HealthReport {
  status: 'ok' | 'unavailable'
  version: string
  database: 'ok' | 'unreachable'
  migrations: 'ok' | 'pending' | 'unknown'
  sources: Record<string, string>
}

/** Asks the database for an answer and for migrations that were not run. */
export class CheckHealth {
  async handle(): Promise<HealthReport> {
    const database = await this.#database()
    const migrations = database === 'ok' ? await this.#migrations() : 'unknown'

    return {
      status: database === 'ok' && migrations === 'ok' ? 'ok' : 'unavailable',
      version: version,
      database,
      migrations,
      sources: {},
    }
  }

  async #database() {
    try {
      await db.rawQuery('select 1')
      return 'ok'
    } catch {
      return 'unreachable'
    }
  }

  async #migrations() {
    try {
      const runner = new MigrationRunner(db, app, { direction: 'up', dryRun: true })
      const list = await runner.getList()
      return list.some((migration) => migration.status === 'pending') ? 'pending' : 'ok'
    } catch {
      return 'unknown'
    }
  }
}
