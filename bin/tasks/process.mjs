import { spawnSync } from 'node:child_process'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode24 } from '../node24.mjs'

/** Folder of package.json. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

export function inRoot(...parts) {
  return join(ROOT, ...parts)
}

/** Ends the process with one line that says why. */
export function stopWith(message) {
  console.error(`laim: ${message}`)
  process.exit(1)
}

export function say(message) {
  console.log(`laim: ${message}`)
}

/** The Node.js 24 that runs everything after the installation. */
export function node24() {
  return (
    findNode24() ??
    stopWith(
      `Node.js 24 is needed: this is ${process.version}, and npm has none for ${process.platform} ${process.arch}`
    )
  )
}

/**
 * Environment of child processes: Node.js 24 first on the path, and a cache of
 * compiled code that makes starts faster.
 */
export function environment(variables = {}) {
  return {
    ...process.env,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? inRoot('node_modules/.cache/compiled'),
    ...variables,
    PATH: [dirname(node24()), inRoot('node_modules/.bin'), process.env.PATH].join(delimiter),
  }
}

/** Runs Node.js 24 with these arguments to its end; answers the exit code. */
export function runNode(args, { env = environment(), ...options } = {}) {
  const done = spawnSync(node24(), args, { stdio: 'inherit', cwd: ROOT, env, ...options })
  if (done.error) {
    stopWith(`${args[0]}: ${done.error.message}`)
  }
  return done.status ?? 1
}

/** Runs Node.js 24 quietly: what it prints is shown only when it fails, which ends this process too. */
export function runNodeQuietly(args, { env }) {
  const done = spawnSync(node24(), args, { cwd: ROOT, env, encoding: 'utf8', maxBuffer: 1 << 26 })
  if (done.status !== 0) {
    console.error([done.stdout, done.stderr, done.error?.message].filter(Boolean).join('\n'))
    process.exit(done.status ?? 1)
  }
}

/** As `runNode`, and ends this process too when it failed; what it printed says why. */
export function runNodeOrStop(args, options) {
  const code = runNode(args, options)
  if (code !== 0) {
    process.exit(code)
  }
}
