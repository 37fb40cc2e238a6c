import { readdir } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { version } from '#config/app'
import { ConfiguredSources } from '#services/sources/configured_sources'

/** Read by load balancers, container engines and scripts, without signing in: no secrets, no addresses, no error texts. */
export interface HealthReport {
  status: 'ok' | 'unavailable'
  version: string
  database: 'ok' | 'down'
  migrations: 'ok' | 'pending' | 'unknown'
  /** Health of each source by its name. A source that is ill does not make LAIM unavailable. */
  sources: Record<string, string>
}

/** A database that takes longer than this is not of use to anybody. */
const PATIENCE_MS = 3_000

/** Asks the database for an answer, for migrations that were not run, and for the health of the sources. */
@inject()
export class CheckHealth {
  constructor(private configured: ConfiguredSources) {}

  async handle(): Promise<HealthReport> {
    const database = await this.#database()
    const migrations = database === 'ok' ? await this.#migrations() : 'unknown'
    const isOk = database === 'ok' && migrations === 'ok'

    return {
      status: isOk ? 'ok' : 'unavailable',
      version,
      database,
      migrations,
      sources: isOk ? await this.#sources() : {},
    }
  }

  async #database() {
    const answer = db.rawQuery('select 1').then(
      () => 'ok' as const,
      () => 'down' as const
    )
    return Promise.race([answer, sleep(PATIENCE_MS, 'down' as const, { ref: false })])
  }

  async #migrations() {
    try {
      const rows: { name: string }[] = await db.from('adonis_schema').select('name')
      const done = new Set(rows.map(({ name }) => basename(name)))
      const files = await readdir(app.migrationsPath())
      const names = files.filter((file) => /\.[jt]s$/.test(file)).map((file) => basename(file, extname(file)))
      return names.every((name) => done.has(name)) ? 'ok' : 'pending'
    } catch {
      return 'pending'
    }
  }

  async #sources() {
    const rows: { name: string; health: string }[] = await db.from('sources').select('name', 'health')
    const known = new Map(rows.map(({ name, health }) => [name, health]))

    return Object.fromEntries(
      this.configured
        .list()
        .map((source) => [
          source.name,
          this.configured.isConfigured(source) ? (known.get(source.name) ?? 'unknown') : 'not_configured',
        ])
    )
  }
}
