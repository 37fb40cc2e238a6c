import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { interpolate, readComposeFile } from '#tests/helpers/compose_file'
import { findFreePort } from '#tests/helpers/free_port'
import { eventually, NOBODY, runProcess, startProcess, type Started } from '#tests/helpers/process'
import { startPostgres } from '#tests/helpers/postgres'
import { type BuiltImage } from './built_image.js'

export const SUPERUSER_PASSWORD = 'Quiet-Harbour-7-Lanterns'

export interface Web extends Started {
  readonly url: string
}

/**
 * The services of docker-compose.yml as processes of this machine: the same files, commands and settings, PostgreSQL as
 * `db`, and the files that prepare.sh makes as secrets.
 */
export class ComposeStack {
  readonly #started: Started[] = []

  private constructor(
    private image: BuiltImage,
    private database: Awaited<ReturnType<typeof startPostgres>>,
    private settings: Record<string, string>
  ) {}

  static async prepare(image: BuiltImage): Promise<ComposeStack> {
    const { source: cwd, environment } = image
    await runProcess('deploy/docker/prepare.sh', [], {
      cwd,
      env: { ...environment, SUPERUSER_PASSWORD, METRICS_TOKEN: 'metrics-of-the-stack' },
      ...NOBODY,
    })
    const database = await startPostgres()
    const { port, pathname } = new URL(database.url)
    const settings = { POSTGRES_HOST: '127.0.0.1', POSTGRES_PORT: port, POSTGRES_DB: pathname.slice(1) }
    return new ComposeStack(image, database, settings)
  }

  get databaseUrl(): string {
    return this.database.url
  }

  secret(name: string): string {
    return readFileSync(this.#secretFile(name), 'utf8')
  }

  /** What an operator writes into `.env` and into the files of secrets; read by what starts from now on. */
  set(settings: Record<string, string>): void {
    for (const [name, value] of Object.entries(settings)) {
      const file = this.#secretFile(name.toLowerCase())
      if (existsSync(file)) {
        rmSync(file)
        writeFileSync(file, `${value}\n`, { mode: 0o444 })
      } else {
        this.settings[name] = value
      }
    }
  }

  /** Any command of the image with the settings of the service `worker`. */
  start(words: readonly string[], variables: Record<string, string> = {}): Started {
    const data = join(this.image.folder, 'home')
    const { environment = {} } = readComposeFile().services.worker!
    const settings = Object.entries(environment).map(([name, value]) => {
      const given = interpolate(value, this.settings)
      return [name, given.startsWith('/run/secrets/') ? this.#secretFile(given.replace('/run/secrets/', '')) : given]
    })
    const env = { ...this.image.environment, ENV_PATH: data, ...Object.fromEntries(settings), ...variables }
    const started = startProcess(join(this.image.app, 'deploy/laim.mjs'), words, {
      cwd: this.image.app,
      env,
      ...NOBODY,
    })
    this.#started.push(started)
    return started
  }

  /** A container of the service `web`, with a port of its own instead of a network of its own. */
  async startWeb(): Promise<Web> {
    const port = await findFreePort()
    const started = this.start(['web'], { APP_HOST: '127.0.0.1', APP_PORT: String(port) })
    return { ...started, url: `http://127.0.0.1:${port}` }
  }

  /** Ends what is still running, hard; a test that wants more ends its processes itself. */
  async remove(): Promise<void> {
    await Promise.all(this.#started.map((started) => started.stop('SIGKILL')))
    await this.database.stop()
  }

  #secretFile(name: string): string {
    return join(this.image.source, 'deploy/docker/secrets', name)
  }
}

/** Waits until it serves; what it printed is in the error when it ends instead. */
export async function whenHealthy(web: Web): Promise<void> {
  await eventually(async () => {
    if (web.child.exitCode !== null) {
      throw new Error(web.output())
    }
    const { status } = await fetch(`${web.url}/health`)
    return status === 200 ? true : null
  })
}
