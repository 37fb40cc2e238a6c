import { fork, spawnSync, type ChildProcess } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { connectTo } from '#tests/helpers/own_connection'
import { startPostgres } from '#tests/helpers/postgres'
import { fromJson } from '#database/columns'
import { inventoryOf } from './inventory_of.js'
import { type PagedTraits } from './paged_plugin.js'
import { type Addresses } from './paged_world.js'

export type Engine = 'SQLite' | 'PostgreSQL'

export interface SpawnOptions {
  /** Where the process is killed or stopped. */
  readonly faultPoint?: string
  readonly traits?: PagedTraits
  readonly nodeOptions?: readonly string[]
}

/** How a child ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/**
 * A database of its own, that other processes work on. Each test gets a fresh copy of the migrated one; what is looked
 * at here goes over a connection of its own.
 */
export class CrashLab {
  readonly engine: Engine
  readonly #children = new Set<ChildProcess>()
  readonly #folder: string
  #copies = 0
  #template = ''
  #stopServer = async () => {}
  /** Restarts PostgreSQL. */
  restartServer: (mode: 'fast' | 'immediate') => Promise<void> = async () => {}
  #url = ''

  private constructor(engine: Engine, folder: string) {
    this.engine = engine
    this.#folder = mkdtempSync(join(folder, 'laim-crash-'))
  }

  /** `folder` is where SQLite files lie. */
  static async start(engine: Engine, folder = tmpdir()): Promise<CrashLab> {
    const lab = new CrashLab(engine, folder)
    if (engine === 'PostgreSQL') {
      const server = await startPostgres()
      lab.#stopServer = server.stop
      lab.restartServer = server.restart
      lab.#template = server.url
    } else {
      lab.#template = `sqlite:${join(lab.#folder, 'template.sqlite3')}`
    }
    ace(lab.#template, ['migration:run', '--force'])
    await lab.fresh()
    await lab.client.table('asset_types').multiInsert([{ name: 'Switch' }, { name: 'Unknown' }])
    await lab.keep()
    return lab
  }

  get url(): string {
    return this.#url
  }

  get client(): QueryClientContract {
    return db.connection(this.#connectionName)
  }

  /** Gives the next test a database that is migrated and empty. */
  async fresh(): Promise<void> {
    this.#copies += 1
    await this.#copyTemplate()
    connectTo(this.#url, this.#connectionName)
  }

  /** Makes the present database the one that the next tests start with. */
  async keep(): Promise<void> {
    await this.settle()
    this.#template = this.#url
  }

  /** Queues a run of a source as the API does, and answers its id. */
  async queue(source: string, mode: 'apply' | 'plan' = 'apply'): Promise<number> {
    const now = new Date().toISOString()
    let known = await this.client.from('sources').where('name', source).first()
    if (!known) {
      const row = { name: source, plugin: 'paged', rank: 10, enabled: true, health: 'unknown', created_at: now }
      await this.client.table('sources').insert(row)
      known = await this.client.from('sources').where('name', source).firstOrFail()
    }
    const run = { source_id: known.id, source, trigger: 'manual', mode, status: 'queued', errors: '[]', queued_at: now }
    await this.client.table('sync_runs').insert(run)
    const last = await this.client.from('sync_runs').max('id as id').firstOrFail()
    return Number(last.id)
  }

  /** Everything that a run came to, without ids and times. */
  async outcome(runId: number): Promise<Record<string, unknown>> {
    const run = await this.client.from('sync_runs').where('id', runId).firstOrFail()
    const counts = ['attempt', 'devices_found', 'created', 'updated', 'skipped', 'missing', 'held', 'rejected'] as const
    return {
      status: run.status,
      errors: fromJson(run.errors),
      ...Object.fromEntries(counts.map((count) => [count, run[count]])),
      changeSets: (await this.client.from('change_sets').where('run_id', runId)).length,
      ...(await inventoryOf(this.client)),
    }
  }

  /** Starts a process with a worker. */
  spawn(addresses: Addresses, task: string[], options: SpawnOptions = {}) {
    const script = app.makePath('tests/functional/durability/paged_worker.ts')
    const child = fork(script, task, {
      execArgv: ['--import=@poppinss/ts-exec', ...(options.nodeOptions ?? [])],
      cwd: app.makePath(),
      env: {
        ...process.env,
        NODE_ENV: 'test',
        DATABASE_URL: this.#url,
        LAIM_FAULT_POINT: options.faultPoint ?? '',
        LAIM_TEST_WORLD: JSON.stringify({ addresses, traits: options.traits ?? {} }),
      },
    })
    this.adopt(child)
    return child
  }

  /** Ends the process with the test, when it is still there. */
  adopt(child: ChildProcess): void {
    this.#children.add(child)
    child.once('exit', () => this.#children.delete(child))
  }

  /** Ends what a test left running, and its connection. */
  async settle(): Promise<void> {
    for (const child of this.#children) {
      child.kill('SIGKILL')
    }
    await db.manager.close(this.#connectionName, true)
  }

  async stop(): Promise<void> {
    await this.#stopServer()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  get #connectionName(): string {
    return `crash-${this.engine}-${this.#copies}`
  }

  async #copyTemplate(): Promise<void> {
    if (this.engine === 'SQLite') {
      const file = join(this.#folder, `copy-${this.#copies}.sqlite3`)
      copyFileSync(this.#template.slice(7), file)
      this.#url = `sqlite:${file}`
      return
    }
    const name = `copy_${this.#copies}`
    const admin = `admin-${this.#copies}`
    const postgres = new URL(this.#template)
    postgres.pathname = '/postgres'
    const template = new URL(this.#template).pathname.slice(1)
    await connectTo(postgres.href, admin).rawQuery(`create database ${name} template ${template}`)
    await db.manager.close(admin, true)
    postgres.pathname = `/${name}`
    this.#url = postgres.href
  }
}

/** Runs an ace command on a database to its end. */
function ace(url: string, args: string[]): void {
  const done = spawnSync(process.execPath, ['ace.js', ...args], {
    cwd: app.makePath(),
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: url },
    encoding: 'utf8',
  })
  if (done.status !== 0) {
    throw new Error(`${args[0]} ended with ${done.status}: ${done.stdout}${done.stderr}`)
  }
}

/** Resolves when the process ended. */
export function ended(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve({ code: child.exitCode, signal: child.signalCode })
    }
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
}

/** Resolves as soon as the condition holds; the suite's time limit ends a wait in vain. */
export async function until(condition: () => Promise<boolean> | boolean, everyMs = 20): Promise<void> {
  while (!(await condition())) {
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
