import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { findFreePort } from '#tests/helpers/free_port'
import { ended, type Exit } from '../functional/durability/crash_lab.js'

const SUPERUSER = { username: 'mara', password: 'a-long-Password-4711' }
const METRICS_TOKEN = 'only-for-tests-metrics'
const PATIENCE_MS = 60_000

type Variables = Record<string, string>

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** From the first byte sent to the last one received, in milliseconds. */
  readonly tookMs: number
}

/** A process of LAIM as people start it, in production, with settings of its own. */
export class RunningProcess {
  readonly child: ChildProcess
  /** All that it printed. */
  output = ''
  readonly #home = mkdtempSync(join(tmpdir(), 'laim-home-'))

  /** `file`: where its output goes instead. */
  constructor(args: string[], variables: Variables, file?: string) {
    const output = file === undefined ? 'pipe' : openSync(file, 'w')
    this.child = spawn(process.execPath, args, {
      cwd: app.makePath(),
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        ENV_PATH: this.#home,
        SECRET_KEY: 'only-for-tests-only-for-tests-0001',
        SUPERUSER_USERNAME: SUPERUSER.username,
        SUPERUSER_PASSWORD: SUPERUSER.password,
        METRICS_TOKEN,
        SYNC_ENABLED: 'false',
        ...variables,
      },
      stdio: ['ignore', output, output],
    })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
      })
    }
  }

  /** Runs a command to its end. */
  static async command(words: string[], variables: Variables): Promise<Exit & { output: string }> {
    const command = new RunningProcess(['ace.js', ...words], variables)
    const exit = await command.ended()
    return { ...exit, output: command.output }
  }

  async ended(): Promise<Exit> {
    const exit = await ended(this.child)
    rmSync(this.#home, { recursive: true, force: true })
    return exit
  }

  /** Ends it, if it still runs. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Exit> {
    this.child.kill(signal)
    return this.ended()
  }
}

/** A web server of its own, on a database that `setup` has seen. */
export class RunningServer extends RunningProcess {
  readonly url: string
  #token = ''

  private constructor(port: number, variables: Variables, file?: string) {
    const address = { APP_HOST: '127.0.0.1', APP_PORT: String(port) }
    super(['--import=@poppinss/ts-exec', 'bin/server.ts'], { ...address, ...variables }, file)
    this.url = `http://127.0.0.1:${port}`
  }

  /** Answers when it listens. */
  static async start(databaseUrl: string, variables: Variables = {}, file?: string): Promise<RunningServer> {
    const server = new RunningServer(await findFreePort(), { DATABASE_URL: databaseUrl, ...variables }, file)
    const giveUpAt = performance.now() + PATIENCE_MS
    while ((await server.get('/health/live').catch(() => null))?.status !== 200) {
      if (server.child.exitCode !== null || performance.now() > giveUpAt) {
        throw new Error(`the server does not listen: ${server.output}`)
      }
      await sleep(50)
    }
    return server
  }

  /** What comes later is asked as the superuser. */
  async signIn(): Promise<void> {
    const { text } = await this.post('/api/login', SUPERUSER)
    this.#token = JSON.parse(text).access_token
  }

  get(path: string, headers: Variables = {}): Promise<Answer> {
    return this.request('GET', path, undefined, headers)
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.request('POST', path, body)
  }

  async request(method: string, path: string, body?: unknown, headers: Variables = {}): Promise<Answer> {
    const startedAt = performance.now()
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : body instanceof FormData ? body : JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, tookMs: performance.now() - startedAt }
  }

  /** A figure that the server measures of itself. */
  async metric(name: string): Promise<number> {
    const { text } = await this.get('/metrics', { authorization: `Bearer ${METRICS_TOKEN}` })
    const line = text.split('\n').find((one) => one.startsWith(`${name} `))
    return Number(line?.split(' ')[1])
  }
}

/** The value that a share of the numbers does not exceed. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}
