import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { isPostgres } from '#database/columns'
import { type ConfiguredSources } from '#services/sources/configured_sources'
import { type PluginRegistry } from '#services/sources/plugin_registry'
import { selectRows } from '#services/sync/store/sql_client'
import { databaseFile } from './database_file.js'
import { fail, pass, type Finding } from './finding.js'

const MB = 1024 * 1024
const OLDEST_POSTGRES = 15

/** A backup is as large as the database, and a migration may write every row once more. */
const ROOM = 2

/** Room for a backup and for the migrations beside the database. The disk of a PostgreSQL server cannot be seen from here. */
export async function checkRoom(client: QueryClientContract): Promise<Finding> {
  if (isPostgres(client)) {
    const [row] = await selectRows<{ size: string }>(client, 'select pg_database_size(current_database()) as size')
    const size = Math.ceil((Number(row!.size) * ROOM) / MB)
    return pass('room', `the disk of the database server should have ${size} MB free; LAIM cannot see it`)
  }
  const file = databaseFile()
  const { size } = await stat(file)
  const { bavail, bsize } = await statfs(dirname(file))
  const [needed, free] = [Math.ceil((size * ROOM) / MB), Math.floor((bavail * bsize) / MB)]
  return free >= needed
    ? pass('room', `${free} MB are free, and an upgrade with its backup needs ${needed}`)
    : fail('room', `${free} MB are free, but an upgrade with its backup needs ${needed}`, 'Free space first')
}

export async function checkDatabaseVersion(client: QueryClientContract): Promise<Finding> {
  if (!isPostgres(client)) {
    return pass('version', 'SQLite comes with LAIM')
  }
  const [row] = await selectRows<{ server_version_num: string }>(client, 'show server_version_num')
  const major = Math.floor(Number(row!.server_version_num) / 10_000)
  return major >= OLDEST_POSTGRES
    ? pass('version', `PostgreSQL ${major}`)
    : fail('version', `PostgreSQL ${major} is too old`, `Move to PostgreSQL ${OLDEST_POSTGRES} or newer first`)
}

/** Whether this version of LAIM has, and can load, the plugin of every source that is set up. */
export async function checkPlugins(sources: ConfiguredSources, registry: PluginRegistry): Promise<Finding[]> {
  const wanted = sources.list().filter((source) => sources.isConfigured(source))
  return Promise.all(
    wanted.map(async ({ name, plugin }) => {
      try {
        const { manifest } = await registry.resolve(plugin)
        return pass(`plugin ${plugin}`, `is there for the source ${name} (${manifest.name})`)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        return fail(`plugin ${plugin}`, `cannot be loaded for the source ${name}: ${reason}`, 'Install it')
      }
    })
  )
}
