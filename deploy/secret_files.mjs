import { readFileSync } from 'node:fs'

/** Variables that may be given as a file: NAME_FILE holds the path, the file the value. */
export const SECRETS = [
  'SECRET_KEY',
  'DATABASE_URL',
  'POSTGRES_PASSWORD',
  'SUPERUSER_PASSWORD',
  'NETDISCO_PASSWORD',
  'LIBRENMS_API_TOKEN',
  'METRICS_TOKEN',
]

/**
 * Sets the variables whose values stand in files. A variable that is set itself wins; an empty file sets nothing. A file
 * that cannot be read ends the process: a secret that is silently missing would be looked for elsewhere.
 */
export function readSecretFiles(environment) {
  for (const name of SECRETS) {
    const file = environment[`${name}_FILE`]
    if (!file || environment[name]) {
      continue
    }
    try {
      const value = readFileSync(file, 'utf8').trimEnd()
      if (value !== '') {
        environment[name] = value
      }
    } catch (error) {
      console.error(
        `laim: ${name}_FILE: ${file} cannot be read (${error.code}). Example: ${name}_FILE=/run/secrets/laim`
      )
      process.exit(1)
    }
  }
}
