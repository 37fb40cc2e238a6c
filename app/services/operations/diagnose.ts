import { constants } from 'node:fs'
import { access, readFile, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { inject } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { VerifyInventory, type Verification } from '#services/inventory/verify_inventory'
import { CheckSource } from '#services/sources/check_source'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { checkBackups, checkHistory } from './check_backups.js'
import { checkSearchIndex } from './check_search_index.js'
import { checkDatabaseVersion, checkPlugins, checkRoom } from './check_upgrade.js'
import { databaseFile } from './database_file.js'
import { findSchemaFault } from './find_schema_fault.js'
import { fail, pass, warn, type Finding } from './finding.js'
import { ReachDatabase } from './reach_database.js'

const MB = 1024 * 1024
const DISK_WARN = 1024 * MB
const DISK_FAIL = 100 * MB
const CLOCK_LIMIT_MS = 5_000

/** Looks at everything that LAIM stands on, and says the fix of what is wrong. Changes nothing. */
@inject()
export class Diagnose {
  constructor(
    private reachDatabase: ReachDatabase,
    private sources: ConfiguredSources,
    private checkSource: CheckSource,
    private verifyInventory: VerifyInventory,
    private plugins: PluginRegistry
  ) {}

  /** `isThorough` also computes every asset anew and reads the whole index, which takes a while for a large inventory. */
  async handle({ isThorough = false } = {}): Promise<Finding[]> {
    const database = await this.#checkDatabase()
    const rest = database.status === 'pass' ? [await checkMigrations(), await checkClock()] : []
    if (rest[0]?.status === 'pass') {
      rest.push(await checkSearchIndex(db.connection(), isThorough), ...(await checkHistory(db.connection())))
    }
    if (isThorough && database.status === 'pass') {
      rest.push(await this.#checkRows())
    }
    return [
      database,
      ...rest,
      await checkSecrets(),
      await checkDisk(),
      ...(await checkBackups()),
      ...(await this.#checkSources()),
    ]
  }

  /**
   * Whether this version of LAIM can take over what another one left, which may still run: settings (they were read before
   * this began), database, schema, room, plugins. Sources are not asked: an upgrade does not need them.
   */
  async preflight(): Promise<Finding[]> {
    const database = await this.#checkDatabase()
    const rest = await Promise.all(
      database.status === 'pass'
        ? [checkDatabaseVersion(db.connection()), checkMigrations(true), checkRoom(db.connection())]
        : []
    )
    const plugins = await checkPlugins(this.sources, this.plugins)
    return [pass('settings', 'are understood'), database, ...rest, await checkSecrets(), ...plugins]
  }

  async #checkDatabase(): Promise<Finding> {
    const fault = await this.reachDatabase.handle(0)
    return fault === null ? pass('database', 'answers, is whole and can be written') : fail('database', fault)
  }

  async #checkRows(): Promise<Finding> {
    const { checked, discrepancies } = await this.verifyInventory.handle()
    const names = discrepancies.slice(0, 5).map(toName)
    return discrepancies.length === 0
      ? pass('inventory', `${checked} items are what their claims and pins say`)
      : fail('inventory', `${discrepancies.length} items are not what their claims and pins say: ${names.join(', ')}`)
  }

  async #checkSources(): Promise<Finding[]> {
    const configured = this.sources.list().filter((source) => this.sources.isConfigured(source))
    if (configured.length === 0) {
      return [warn('sources', 'no source is configured', 'Set the URL of one: README.md, "Use your own sources"')]
    }
    return Promise.all(
      configured.map(async ({ name }) => {
        const { ok, steps, product, version } = await this.checkSource.handle(name)
        const failed = steps.find(({ status }) => status === 'fail')
        return ok
          ? pass(`source ${name}`, `can be read (${[product, version].filter(Boolean).join(' ') || 'no version told'})`)
          : fail(`source ${name}`, failed?.message ?? 'cannot be read', `laim source:check ${name} shows every step`)
      })
    )
  }
}

/** `17 (lab-sw-1: model, identifiers)`. */
function toName({ assetId, hostname, ...found }: Verification['discrepancies'][number]): string {
  const parts = [
    ...found.fields.map(({ field }) => field),
    ...(found.areIdentifiersDifferent ? ['identifiers'] : []),
    ...(found.isSearchDifferent ? ['search text'] : []),
  ]
  return `${assetId} (${hostname}: ${parts.join(', ')})`
}

/** What was not run yet is what an upgrade is there for. */
async function checkMigrations(isUpgrade = false): Promise<Finding> {
  const fault = await findSchemaFault(db.connection())
  if (fault === null) {
    return pass('migrations', 'all were run')
  }
  return isUpgrade && fault.kind === 'older'
    ? pass('migrations', `${fault.migrations.length} will be run`)
    : fail('migrations', fault.message, fault.fix)
}

/** Clock of the database server beside ours: leases and schedules compare the two. */
async function checkClock(): Promise<Finding> {
  if (!isPostgres(db.connection())) {
    return pass('clock', 'there is only one')
  }
  const before = Date.now()
  const { rows } = await db.rawQuery('select extract(epoch from clock_timestamp()) * 1000 as now')
  const apart = Math.abs(Number(rows[0].now) - (before + Date.now()) / 2)
  return apart <= CLOCK_LIMIT_MS
    ? pass('clock', 'agrees with that of the database')
    : warn('clock', `${Math.round(apart / 1000)} s apart from that of the database`, 'Keep both machines on NTP')
}

/** The settings file holds secrets: nobody but its owner and group may read it. */
async function checkSecrets(): Promise<Finding> {
  const file = `${process.env.ENV_PATH ?? app.makePath()}/.env`
  const info = await stat(file).catch(() => null)
  if (info && (info.mode & 0o007) !== 0) {
    return warn('secrets', `everybody on this machine may read or write ${file}`, `chmod o= ${file}`)
  }
  const readable =
    info === null ||
    (await access(file, constants.R_OK).then(
      () => true,
      () => false
    ))
  const text = info && readable ? await readFile(file, 'utf8') : ''
  return /SuperAdmin123!|[^r]Admin123!/.test(text)
    ? warn('secrets', `${file} holds a password that the documentation of LAIM 1.0 prints`, 'Change the password')
    : pass('secrets', 'the key is set, and the settings are not open to everybody')
}

async function checkDisk(): Promise<Finding> {
  const folder = isPostgres(db.connection()) ? app.makePath() : dirname(databaseFile())
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const message = `${Math.floor(free / MB)} MB are free for ${folder}`
  if (free >= DISK_WARN) {
    return pass('disk', message)
  }
  const fix = 'Free space, or move the database to a larger disk'
  return free >= DISK_FAIL ? warn('disk', message, fix) : fail('disk', message, fix)
}
