import { spawnSync } from 'node:child_process'
import { environment, inRoot, node24, say } from './process.mjs'

const bin = (name) => inRoot('node_modules/.bin', name)

/** What must hold for every commit, cheapest first: a name, and commands that must all succeed. */
const CHECKS = [
  ['generated files', [node24(), 'ace.js', 'codegen'], ['git', 'diff', '--exit-code', '--', '.adonisjs']],
  ['types', [bin('tsc'), '--noEmit']],
  ['style', [bin('eslint'), '.', '--max-warnings', '0']],
  ['format', [bin('prettier'), '--check', '--log-level', 'warn', '.']],
  [
    'import directions',
    [bin('depcruise'), 'app', 'plugins', 'providers', 'start', 'config', 'database', 'tests', 'adonisrc.ts'],
  ],
  ['dead code', [bin('knip'), '--no-progress']],
  ['build', [node24(), 'bin/laim.mjs', 'build']],
]

/** Checks start the application in clones that have no `.env` yet; the key protects nothing. */
const KEY_OF_THE_CHECKS = 'only-for-the-checks-only-for-the-checks'

/** Runs every check, prints the output of those that fail, and one line with the counts. */
export function run() {
  let failed = 0
  for (const [name, ...commands] of CHECKS) {
    const failure = commands.map((command) => execute(command)).find((output) => output !== null)
    say(failure === undefined ? `ok: ${name}` : `failed: ${name}\n${failure}`)
    failed += failure === undefined ? 0 : 1
  }

  console.log(`${CHECKS.length - failed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

/** Output of a command that failed; null when it succeeded. */
function execute([command, ...args]) {
  const done = spawnSync(command, args, {
    cwd: inRoot(),
    env: environment({ NODE_ENV: 'development', SECRET_KEY: KEY_OF_THE_CHECKS }),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  return done.status === 0 ? null : [done.stdout, done.stderr, done.error?.message].filter(Boolean).join('\n')
}
