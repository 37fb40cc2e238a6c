import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
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

/**
 * Runs Node.js 24 with these arguments to its end; resolves to the exit code.
 * The child is told when this process is told to end, and notices when it is
 * killed.
 */
export async function runNode(args, { env = environment() } = {}) {
  const child = spawn(node24(), args, { cwd: ROOT, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  const forward = (signal) => child.kill(signal)
  process.on('SIGINT', forward).on('SIGTERM', forward).on('SIGHUP', forward)
  const [code] = await once(child, 'exit')
  process.off('SIGINT', forward).off('SIGTERM', forward).off('SIGHUP', forward)
  return code ?? 1
}

/** As `runNode`, and ends this process too when it failed; what it printed says why. */
export async function runNodeOrStop(args, options) {
  const code = await runNode(args, options)
  if (code !== 0) {
    process.exit(code)
  }
}

/** Runs Node.js 24 quietly: what it prints is shown only when it fails, which ends this process too. */
export function runNodeQuietly(args, { env }) {
  const done = spawnSync(node24(), args, { cwd: ROOT, env, encoding: 'utf8', maxBuffer: 1 << 26 })
  if (done.status !== 0) {
    console.error([done.stdout, done.stderr, done.error?.message].filter(Boolean).join('\n'))
    process.exit(done.status ?? 1)
  }
}
