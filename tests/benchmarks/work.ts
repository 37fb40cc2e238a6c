/*
| A process of its own for each measurement, so that the memory of one is not that of another:
| `work.ts <workload> <devices>`, with the database in DATABASE_URL. The result goes to the parent.
*/
process.env.NODE_ENV = 'test'

import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { checkSettings, loadEnvironment } from '../../bin/environment.js'
import { measure, type Measurement } from './meter.js'
import { openRaw } from './open_raw.js'
import { IMPORTED_TABLES, storedHashes } from './raw_database.js'

/** What a workload took; those of the engine tell their traffic with the database too. */
export interface WorkResult extends Measurement {
  readonly statements: number | null
  readonly rows: Readonly<Record<string, number>>
}

export type Workload = 'sync' | 'floor' | 'raw'

const APP_ROOT = new URL('../../', import.meta.url)

const WORKLOADS: Record<Workload, (count: number) => Promise<WorkResult>> = {
  sync: measureSync,
  floor: measureFloor,
  raw: measureRaw,
}

/** A run of the engine: the first import, or the same again. */
async function measureSync(count: number): Promise<WorkResult> {
  const app = await bootApp()
  const { countTraffic, syncDevices } = await import('./engine.js')
  const { fillTypes, serverPids } = await import('./engine_database.js')
  await fillTypes()
  const traffic = countTraffic()
  const measurement = await measure(() => syncDevices(count), serverPids)
  await app.terminate()
  return { ...measurement, ...traffic }
}

/** The comparison that a reading without news cannot do without. */
async function measureFloor(count: number): Promise<WorkResult> {
  const { compareDevices } = await import('./floor.js')
  const database = openRaw(process.env.DATABASE_URL!)
  const measurement = await measure(
    () => compareDevices(count, () => storedHashes(database)),
    () => database.serverPids()
  )
  await database.close()
  return { ...measurement, statements: null, rows: {} }
}

/** Writes the rows that the engine wrote, from memory into an empty database. */
async function measureRaw(): Promise<WorkResult> {
  const from = openRaw(process.env.BENCH_COPY_OF!)
  const tables = await Promise.all(IMPORTED_TABLES.map((table) => from.readTable(table)))
  await from.close()
  const database = openRaw(process.env.DATABASE_URL!)
  const measurement = await measure(
    () => database.write(tables),
    () => database.serverPids()
  )
  await database.close()
  const rows = Object.fromEntries(tables.map((one) => [one.table, one.rows.length]))
  return { ...measurement, statements: null, rows }
}

async function bootApp() {
  loadEnvironment(APP_ROOT)
  const importer = (path: string) => import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path)
  const app = new Ignitor(APP_ROOT, { importer }).tap((one) => one.booting(checkSettings)).createApp('console')
  await app.init()
  await app.boot()
  return app
}

const [workload, count] = process.argv.slice(2)
process.send!(await WORKLOADS[workload as Workload](Number(count)))
process.disconnect()
