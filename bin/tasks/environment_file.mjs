import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot, say } from './process.mjs'

/** With any of these the simulated lab would be refused: there is something real to read or to write. */
const REAL = ['NETDISCO_API_URL', 'LIBRENMS_API_URL', 'POSTGRES_HOST', 'POSTGRES_PASSWORD']

/**
 * Writes `.env`, readable by its owner only, with a key of its own: the
 * settings of a first start. An existing file is never touched.
 */
export function writeEnvironmentFile() {
  const file = inRoot('.env')
  if (existsSync(file)) {
    return
  }

  const isReal = REAL.some((name) => process.env[name]) || /^postgres/.test(process.env.DATABASE_URL ?? '')
  const settings = readFileSync(inRoot('.env.example'), 'utf8')
    .replace(/^SECRET_KEY=.*$/m, `SECRET_KEY=${randomBytes(32).toString('base64url')}`)
    .replace(/^SIMULATED_LAB=.*$/m, `SIMULATED_LAB=${!isReal}`)
  writeFileSync(file, settings, { mode: 0o600, flag: 'wx' })
  say('wrote .env with a new SECRET_KEY')
}
