import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'

const execute = promisify(execFile)

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A LAIM with settings and a SQLite file of its own, whose commands run as processes of their own. */
export class Installation {
  readonly home = mkdtempSync(join(tmpdir(), 'laim-installation-'))
  readonly database = join(this.home, 'database/laim.sqlite3')
  readonly backups = join(this.home, 'backups')

  run(words: readonly string[], variables: Record<string, string> = {}): Promise<Outcome> {
    return this.#execute(['ace.js', ...words], variables)
  }

  /** Starts the web server and answers how it ended, for tests in which it refuses to start. */
  serve(): Promise<Outcome> {
    return this.#execute(['--import=@poppinss/ts-exec', 'bin/server.ts'], {})
  }

  async #execute(args: readonly string[], variables: Record<string, string>): Promise<Outcome> {
    const env = {
      PATH: process.env.PATH,
      ENV_PATH: this.home,
      SECRET_KEY: 'a'.repeat(40),
      DATABASE_URL: `sqlite:${this.database}`,
      LOG_LEVEL: 'silent',
      ...variables,
    }
    try {
      const done = await execute(process.execPath, [...args], { cwd: app.makePath(), env, timeout: 60_000 })
      return { code: 0, ...done }
    } catch (error) {
      return error as Outcome
    }
  }

  /** As `run` with `--json`: the printed object. */
  async ask(...words: string[]): Promise<Record<string, unknown>> {
    const { stdout } = await this.run([...words, '--json'])
    return JSON.parse(stdout)
  }

  /** Runs a statement on its database, behind its back. */
  change(sql: string): void {
    const database = new DatabaseSync(this.database)
    database.exec(sql)
    database.close()
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true })
  }
}
