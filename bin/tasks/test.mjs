import { buildAssets } from './build.mjs'
import { finish, runSuites } from './suites.mjs'

/** Suites whose tests read or write the database. */
const WITH_DATABASE = ['unit', 'functional']

/** Every test that needs nothing but Node.js and npm; the database's ones on SQLite and on PostgreSQL. */
export function run() {
  buildAssets()
  finish([
    runSuites(['unit', 'plugins', 'functional'], 'sqlite'),
    runSuites(WITH_DATABASE, 'postgres'),
    runSuites(['browser'], 'sqlite'),
  ])
}
