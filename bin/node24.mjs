import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const REQUIRED_MAJOR = 24

/**
 * Path of a Node.js that runs LAIM: this one when it is new enough, else the
 * one that npm installed through `tools/node`. Null when there is neither.
 */
export function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) {
    return process.execPath
  }

  try {
    const binary = `node-${process.platform}-${process.arch}`
    const manifest = createRequire(import.meta.url).resolve(`${binary}/package.json`)
    return join(dirname(manifest), 'bin/node')
  } catch {
    return null
  }
}

/**
 * Runs the same command line again on Node.js 24 when this one is older, and
 * ends with its exit code. Resolves to false when there is no need to.
 */
export async function continueOnNode24() {
  const node = findNode24()
  if (node === process.execPath) {
    return false
  }
  if (node === null) {
    console.error(
      `laim: Node.js ${REQUIRED_MAJOR} is needed (this is ${process.version}): install it, or run \`npm start\` once, which brings it`
    )
    process.exitCode = 1
    return true
  }

  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('exit', (code) => process.exit(code ?? 1))
  return true
}
