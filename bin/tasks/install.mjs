import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot, say, stopWith } from './process.mjs'

const ARGUMENTS = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']

/** Installs the packages when there are none, or when the lock file changed since. */
export function installPackages() {
  const stamp = inRoot('node_modules/.laim-lock')
  const lock = createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
    return
  }

  say('installing packages …')
  const cli = process.env.npm_execpath
  const [command, args] = cli ? [process.execPath, [cli, ...ARGUMENTS]] : ['npm', ARGUMENTS]
  const done = spawnSync(command, args, { stdio: 'inherit', cwd: inRoot() })
  if (done.status !== 0) {
    stopWith('the packages could not be installed; the lines above say why')
  }
  writeFileSync(stamp, lock)
}
