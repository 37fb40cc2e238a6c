import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import { toSerialKey } from '#core/assets/serial_number'
import { readDevices, serveDevices, TOKEN, type RealDevice } from './real_librenms.js'

/*
| The whole product on 608 devices as LibreNMS discovered them: a process of its own reads them over loopback into an
| SQLite file. LAIM_REAL_DATA names the folder that holds them.
*/
const file = process.env.LAIM_REAL_DATA && join(process.env.LAIM_REAL_DATA, 'data/librenms-devices.jsonl')

const run = promisify(execFile)

interface Outcome {
  readonly status: string
  readonly devices_found: number
  readonly created: number
  readonly updated: number
  readonly held: number
}

test.group('A sync of real devices', (group) => {
  group.each.skip(!file, 'LAIM_REAL_DATA is not set')

  const folder = mkdtempSync(join(tmpdir(), 'laim-real-'))
  const database = join(folder, 'laim.sqlite3')
  let devices: RealDevice[]
  let requests: string[]
  let first: Outcome
  let second: Outcome
  let logged = ''

  group.setup(async () => {
    if (!file) {
      return
    }
    devices = readDevices(file)
    const server = await serveDevices(devices)
    const env = {
      ...process.env,
      NODE_ENV: 'development',
      DATABASE_URL: `sqlite:${database}`,
      APP_KEY: 'key-of-a-test-and-of-nothing-else-1',
      SIMULATED_LAB: 'false',
      LIBRENMS_API_URL: server.baseUrl,
      LIBRENMS_API_TOKEN: TOKEN,
      SYNC_RATE_LIMIT: '1000',
      LOG_LEVEL: 'trace',
    }
    const ace = async (...args: string[]) => {
      const options = { env, maxBuffer: 64 * 1024 * 1024 }
      const { stdout, stderr } = await run(process.execPath, ['ace.js', ...args], options).catch(
        (error: { code: number; stdout: string; stderr: string }) => {
          // 2: done, but a person is needed.
          if (error.code !== 2) {
            throw new Error(`ace ${args.join(' ')} ended with ${error.code}: ${error.stderr}`)
          }
          return error
        }
      )
      logged += stdout + stderr
      return stdout
    }
    await ace('migration:run', '--force')
    await ace('inventory:seed')
    first = JSON.parse(await ace('sync:run', 'librenms', '--json')) as Outcome
    requests = [...server.requests]
    second = JSON.parse(await ace('sync:run', 'librenms', '--json')) as Outcome
    await server.stop()
  })

  group.teardown(() => rmSync(folder, { recursive: true, force: true }))

  const read = <Row>(sql: string): Row[] => {
    const connection = new DatabaseSync(database, { readOnly: true })
    try {
      return connection.prepare(sql).all() as Row[]
    } finally {
      connection.close()
    }
  }

  test('accounts for every device: linked to an asset, or held with a reason', ({ assert }) => {
    assert.equal(first.devices_found, devices.length)
    const records = read<{ native_id: string; link_state: string; id: number }>(
      'select id, native_id, link_state from source_records where closed_at is null'
    )
    const states = new Map(records.map((record) => [record.native_id, record.link_state]))
    for (const { device_id: id } of devices) {
      assert.match(states.get(String(id)) ?? 'lost', /^(linked|held)$/)
    }
    const reviews = read<{ record_ids: string }>(`select record_ids from reviews where state = 'open'`)
    const explained = new Set(reviews.flatMap((review) => JSON.parse(review.record_ids) as number[]))
    const held = records.filter((record) => record.link_state === 'held')
    assert.equal(held.length, first.held)
    assert.isTrue(held.every((record) => explained.has(record.id)))
  })

  test('gives no serial to two assets', ({ assert }) => {
    const rows = read<{ serial_number: string }>(
      'select serial_number from assets where serial_number is not null and is_active'
    )
    const keys = rows.map((row) => toSerialKey(row.serial_number))

    assert.isAbove(keys.length, 200)
    assert.lengthOf(new Set(keys), keys.length)
  })

  test('changes nothing when the same is read again', ({ assert }) => {
    assert.containsSubset(second, { status: 'completed', created: 0, updated: 0, held: first.held })
  })

  test('asks as often as the recipe says', ({ assert }) => {
    const lists = requests.filter((url) => !url.includes('/inventory/'))
    const inventories = requests.filter((url) => url.includes('/inventory/'))

    assert.lengthOf(lists, 2)
    assert.isAtMost(inventories.length, 70)
  })

  test('keeps no secret in database or log', ({ assert }) => {
    const stored = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))

    for (const canary of ['canary-', TOKEN]) {
      assert.isFalse(stored.some((content) => content.includes(canary)))
      assert.notInclude(logged, canary)
    }
  })
})
