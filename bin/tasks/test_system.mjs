import { buildAssets } from './build.mjs'
import { finish, runSuites } from './suites.mjs'

/** Tests that need root, tools of the system, real data (LAIM_REAL_DATA) or more than a minute. */
export async function run() {
  buildAssets()
  finish([await runSuites(['system'], 'sqlite')])
}
