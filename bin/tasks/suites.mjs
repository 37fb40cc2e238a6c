import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment, runNode, say } from './process.mjs'

const RUNNER = ['--import=@poppinss/ts-exec', '--enable-source-maps', 'bin/test.ts']

/**
 * Runs suites in one process on one database. What ran is read from the
 * summary that the runner leaves; without one the run counts as a failure.
 */
export async function runSuites(suites, database) {
  const folder = mkdtempSync(join(tmpdir(), 'laim-summary-'))
  const file = join(folder, 'summary.json')
  say(`${suites.join(', ')} on ${database === 'postgres' ? 'PostgreSQL' : 'SQLite'}`)

  const code = await runNode([...RUNNER, ...suites], {
    env: environment({ LAIM_TEST_DATABASE: database, LAIM_TEST_SUMMARY: file }),
  })
  const summary = readSummary(file)
  rmSync(folder, { recursive: true, force: true })

  return complete(suites, code, summary)
}

function readSummary(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 0, skipped: [], ranBySuite: {} }
  }
}

/** Adds one failure each for suites without a test and for an end that no failed test explains. */
function complete(suites, code, { passed, failed, skipped, ranBySuite }) {
  const empty = suites.filter((suite) => !ranBySuite[suite])
  for (const suite of empty) {
    say(`the suite ${suite} ran no test`)
  }
  const isUnexplained = code !== 0 && failed === 0 && empty.length === 0
  if (isUnexplained) {
    say(`the test runner ended with exit code ${code}`)
  }
  return { passed, failed: failed + empty.length + (isUnexplained ? 1 : 0), skipped }
}

/** Prints what was not run, then the sum as the last line, and ends the process. */
export function finish(results) {
  for (const { title, reason } of results.flatMap((result) => result.skipped)) {
    say(`not run: ${title} (${reason})`)
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
  process.exit(sum('failed') === 0 ? 0 : 1)
}
