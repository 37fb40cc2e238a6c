import { Env } from '@adonisjs/core/env'
import { neededBeside, secretNeededBeside } from '#start/environment/credential'
import { listenAddress, publicUrl } from '#start/environment/address'
import { withFolder } from '#start/environment/database_folder'
import { readDatabaseSettings } from '#start/environment/database_settings'
import { excludedAddresses } from '#start/environment/excluded_addresses'
import { readableFile } from '#start/environment/readable_file'
import { flag, integerBetween, numberBetween, oneOf, text } from '#start/environment/rules'
import { secretKey, superuserPassword } from '#start/environment/secrets'
import { simulatedLab } from '#start/environment/simulated_lab'
import { sourceUrl } from '#start/environment/source_url'
import { trustedProxies } from '#start/environment/trusted_proxies'
import { findUnknownVariables } from '#start/environment/unknown_variables'

/**
 * Every variable that LAIM reads, with its rule. `bin/environment.ts` has
 * merged the process, `.env` and the documented names before.
 */
const variables = {
  NODE_ENV: oneOf(['development', 'production', 'test'], 'development'),
  APP_PORT: integerBetween(1, 65535, 8000),
  APP_KEY: secretKey,
  APP_URL: publicUrl,
  HOST: listenAddress,
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
  TRUST_PROXY: trustedProxies,
  API_RATE_LIMIT: integerBetween(0, 100_000_000, 60_000),
  METRICS_TOKEN: Env.schema.secret.optional(),

  DATABASE_URL: () => withFolder(readDatabaseSettings(process.env, process.env.ENV_PATH ?? process.cwd())),

  SUPERUSER_USERNAME: text(),
  SUPERUSER_PASSWORD: superuserPassword,
  SUPERUSER_EMAIL: text(),

  SYNC_ENABLED: flag(true),
  SYNC_INTERVAL_HOURS: numberBetween(0.25, 720, 6),
  SYNC_RATE_LIMIT: integerBetween(1, 1000, 10),
  LAIM_EXCLUDE_IPS: excludedAddresses,
  SIMULATED_LAB: simulatedLab(['NETDISCO_API_URL', 'LIBRENMS_API_URL']),

  BACKUP_INTERVAL_HOURS: numberBetween(0, 720, 0),
  BACKUP_KEEP: integerBetween(1, 1000, 14),
  BACKUP_FOLDER: text(),

  NETDISCO_API_URL: sourceUrl,
  NETDISCO_USERNAME: neededBeside('NETDISCO_API_URL'),
  NETDISCO_PASSWORD: secretNeededBeside('NETDISCO_API_URL'),
  NETDISCO_CA_FILE: readableFile,

  LIBRENMS_API_URL: sourceUrl,
  LIBRENMS_API_TOKEN: secretNeededBeside('LIBRENMS_API_URL'),
  LIBRENMS_CA_FILE: readableFile,
}

if (process.env.NODE_ENV !== 'test') {
  for (const warning of findUnknownVariables(Object.keys(process.env), Object.keys(variables))) {
    console.error(`laim: ${warning}`)
  }
}

export default new Env(Env.rules(variables).validate(process.env))
