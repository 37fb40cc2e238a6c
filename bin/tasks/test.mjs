import { buildAssets } from './build.mjs'
import { finish, runSuites } from './suites.mjs'

/** Suites whose tests read or write the database. */
const WITH_DATABASE = ['unit', 'functional']

/** Every test that needs nothing but Node.js and npm; the database's ones on SQLite and on PostgreSQL. */
export async function run() {
  buildAssets()
  finish([
    await runSuites(['unit', 'plugins', 'functional'], 'sqlite'),
    await runSuites(WITH_DATABASE, 'postgres'),
    await runSuites(['browser'], 'sqlite'),
  ])
}
