import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { RunningProcess } from './running_server.js'

const HEADER = 'asset_tag,hostname,item_type,serial_number,notes\n'
const ROWS = 10_000
const NOTE = 'What somebody wrote about it. '.repeat(200)

/** The heap that live data may take: what an import only leaves behind for the collector does not count. */
const HEAP = '--max-old-space-size=96 --max-semi-space-size=4'

/** What an import may take beside what the command takes for a file of one row, in MB. */
const MOST_MORE = 60

const LOOK_MS = 50

/** The most memory that a process had resident until now, in MB; null once it has ended. */
function peakOf(pid: number): number | null {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? null : Number(kilobytes) / 1024
  } catch {
    return null
  }
}

test.group('Memory of an import', (group) => {
  let home: string
  let databaseUrl: string

  group.setup(async () => {
    home = mkdtempSync(join(tmpdir(), 'laim-memory-'))
    databaseUrl = `sqlite:${join(home, 'laim.sqlite3')}`
    await RunningProcess.command(['setup'], { DATABASE_URL: databaseUrl })
    return () => rmSync(home, { recursive: true, force: true })
  })

  async function planOf(file: string): Promise<{ peak: number; output: string }> {
    const variables = { DATABASE_URL: databaseUrl, NODE_OPTIONS: HEAP, LOG_LEVEL: 'fatal' }
    const command = new RunningProcess(['ace.js', 'inventory:import', file, '--plan'], variables)
    let peak = 0
    while (command.child.exitCode === null && command.child.signalCode === null) {
      peak = peakOf(command.child.pid!) ?? peak
      await sleep(LOOK_MS)
    }
    const { code } = await command.ended()
    if (code !== 0) {
      throw new Error(command.output)
    }
    return { peak, output: command.output }
  }

  test('B9: does not grow with the file', async ({ assert }) => {
    const [small, large] = [join(home, 'small.csv'), join(home, 'large.csv')]
    writeFileSync(small, `${HEADER}T,sw,Switch,SN0000000,note\n`)
    const file = openSync(large, 'w')
    writeSync(file, HEADER)
    for (let row = 0; row < ROWS; row++) {
      writeSync(file, `T-${row},sw-${row},Switch,SN${String(row).padStart(7, '0')}Q,${row} ${NOTE}\n`)
    }
    closeSync(file)

    const one = await planOf(small)
    const many = await planOf(large)

    assert.include(one.output, 'created 1,')
    assert.include(many.output, `created ${ROWS},`)
    console.log(`    ${one.peak.toFixed()} MB for a row, ${many.peak.toFixed()} MB for ${ROWS}`)
    assert.isAbove(one.peak, 50)
    assert.isAtMost(many.peak - one.peak, MOST_MORE, `${one.peak} and ${many.peak} MB`)
  })
    .timeout(600_000)
    .skip(process.platform !== 'linux', 'memory is read from /proc')
})
