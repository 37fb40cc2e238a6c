/*
| A process of its own for each measurement, so that the memory of one is not that of another:
| `work.ts <workload> <estate as JSON>`, with the database in DATABASE_URL and the source in BENCH_SOURCE. The result goes to the parent.
*/
process.env.NODE_ENV = 'test'

import 'reflect-metadata'
import { bootApp } from './boot_app.js'
import { type Estate } from './devices.js'
import { measure, type Measurement } from './meter.js'
import { openRaw } from './open_raw.js'
import { differenceOf, WRITTEN_TABLES, type RawDatabase, type TableRows } from './raw_database.js'

/** What a workload took; those of the engine tell their traffic with the database too. */
export interface WorkResult extends Measurement {
  readonly statements: number | null
  readonly rows: Readonly<Record<string, number>>
}

export type Workload = 'sync' | 'floor' | 'raw' | 'rawChange'

const WORKLOADS: Record<Workload, (estate: Estate) => Promise<WorkResult>> = {
  sync: measureSync,
  floor: measureFloor,
  raw: measureRaw,
  rawChange: measureRawChange,
}

/** A run of the engine: the first import, the same again, or all changed. */
async function measureSync(estate: Estate): Promise<WorkResult> {
  const app = await bootApp()
  const { countTraffic, syncDevices } = await import('./engine.js')
  const { fillTypes, serverPids } = await import('./engine_database.js')
  await fillTypes()
  const traffic = countTraffic()
  const measurement = await measure(() => syncDevices(estate), serverPids)
  await app.terminate()
  return { ...measurement, ...traffic }
}

/** The comparison that a reading without news cannot do without. */
async function measureFloor(estate: Estate): Promise<WorkResult> {
  const { compareDevices } = await import('./floor.js')
  const database = openRaw(process.env.DATABASE_URL!)
  const measurement = await measure(
    () => compareDevices(process.env.BENCH_SOURCE!, estate, () => database.readHashes()),
    () => database.serverPids()
  )
  await database.close()
  return { ...measurement, statements: null, rows: {} }
}

/** Writes the rows that the engine wrote, from memory into an empty database. */
async function measureRaw(): Promise<WorkResult> {
  const tables = await readEngine()
  const database = openRaw(process.env.DATABASE_URL!)
  const measurement = await measure(
    () => database.write(tables),
    () => database.serverPids()
  )
  await database.close()
  return { ...measurement, statements: null, rows: {} }
}

/** Writes what the engine changed, and knows beforehand what that is, over the rows of its import. */
async function measureRawChange(): Promise<WorkResult> {
  const database = openRaw(process.env.DATABASE_URL!)
  const former = await readAll(database)
  const wanted = await readEngine()
  const differences = wanted.map((table, index) => differenceOf(former[index]!, table))
  const measurement = await measure(
    () => database.replace(differences),
    () => database.serverPids()
  )
  await database.close()
  return { ...measurement, statements: null, rows: {} }
}

async function readEngine(): Promise<TableRows[]> {
  const database = openRaw(process.env.BENCH_COPY_OF!)
  const tables = await readAll(database)
  await database.close()
  return tables
}

function readAll(database: RawDatabase): Promise<TableRows[]> {
  return Promise.all(WRITTEN_TABLES.map((table) => database.readTable(table)))
}

const [workload, estate] = process.argv.slice(2)
process.send!(await WORKLOADS[workload as Workload](JSON.parse(estate!) as Estate))
process.disconnect()
