import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { RunningProcess, RunningServer } from './running_server.js'

const HEADER = 'asset_tag,hostname,item_type,serial_number,notes\n'
const [FEW_ROWS, ROWS] = [1000, 10_000]
const NOTE = 'What somebody wrote about it. '.repeat(200)

/** What an import may take beside what a small file takes, in MB. */
const MOST_MORE = 60

/** The heap that live data of a command may take: what it only leaves behind for the collector does not count. */
const HEAP = '--max-old-space-size=96 --max-semi-space-size=4'

/** Those of a server, however it is started. */
const flags: { SERVER_FLAGS: string[] } = await import(app.makeURL('bin/tasks/supervisor.mjs').href)
const SERVER_ROWS = 100_000

/** What a server keeps of any work is not of the file: compiled code, and the pages that SQLite remembers. */
const WARM_UP_ROWS = 10_000

const LOOK_MS = 50
const SETTLE_MS = 1000

/** Linux then counts the most resident memory of a process anew. */
const FORGET_PEAK = '5'

/** The most memory that a process had resident until now, in MB; null once it has ended. */
function peakOf(pid: number): number | null {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? null : Number(kilobytes) / 1024
  } catch {
    return null
  }
}

/** The memory that a process has resident, in MB. */
function residentOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

function writeRows(path: string, count: number): void {
  const file = openSync(path, 'w')
  writeSync(file, HEADER)
  for (let row = 0; row < count; row++) {
    writeSync(file, `T-${row},sw-${row},Switch,SN${String(row).padStart(7, '0')}Q,${row} ${NOTE}\n`)
  }
  closeSync(file)
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
    writeRows(small, FEW_ROWS)
    writeRows(large, ROWS)

    const few = await planOf(small)
    const many = await planOf(large)

    assert.include(few.output, `created ${FEW_ROWS},`)
    assert.include(many.output, `created ${ROWS},`)
    console.log(`    ${few.peak.toFixed()} MB for ${FEW_ROWS} rows, ${many.peak.toFixed()} MB for ${ROWS}`)
    assert.isAbove(few.peak, 50)
    assert.isAtMost(many.peak - few.peak, MOST_MORE, `${few.peak} and ${many.peak} MB`)
  })
    .timeout(600_000)
    .skip(process.platform !== 'linux', 'memory is read from /proc')

  test('B9: does not grow a server, as it is started, with the file', async ({ assert }) => {
    const server = await RunningServer.start(databaseUrl, {
      NODE_OPTIONS: flags.SERVER_FLAGS.join(' '),
      LOG_LEVEL: 'fatal',
    })
    const rowOf = (row: number) => `U-${row},usw-${row},Switch,US${String(row).padStart(7, '0')}Q,a note\n`
    try {
      await server.signIn()
      const upload = async (rows: string[]) => {
        const form = new FormData()
        form.set('file', new Blob([HEADER, ...rows]), 'items.csv')
        return server.post('/api/import/csv', form)
      }
      await upload(Array.from({ length: WARM_UP_ROWS }, (_, row) => rowOf(row)))
      await sleep(SETTLE_MS)
      const idle = residentOf(server.child.pid!)
      writeFileSync(`/proc/${server.child.pid}/clear_refs`, FORGET_PEAK)

      const answer = await upload(Array.from({ length: SERVER_ROWS }, (_, row) => rowOf(row)))

      const peak = peakOf(server.child.pid!)!
      console.log(`    ${idle.toFixed()} MB before, ${peak.toFixed()} MB at most for ${SERVER_ROWS} rows`)
      assert.equal(answer.status, 200, answer.text.slice(0, 200))
      assert.isAtMost(peak - idle, MOST_MORE)
    } finally {
      await server.kill()
    }
  })
    .timeout(600_000)
    .skip(process.platform !== 'linux', 'memory is read from /proc')
})
