import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { fromJson } from '#database/columns'
import { CrashLab, ended, until } from '../functional/durability/crash_lab.js'
import { manyDevices, PagedServer } from '../functional/durability/paged_server.js'
import { RunningProcess, RunningServer, type Answer } from './running_server.js'

const SIZE_MB = 12

/** A disk of its own that is soon full: a file system in memory. */
class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'laim-small-disk-'))
  readonly #filler = join(this.folder, 'filler')

  constructor() {
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', this.folder])
    if (status !== 0) {
      throw new Error(`no file system can be mounted: ${stderr}`)
    }
  }

  /** Takes all room but so many kilobytes. */
  leave(kilobytes: number): void {
    this.free()
    const { bavail, bsize } = statfsSync(this.folder)
    writeFileSync(this.#filler, Buffer.alloc(Math.max(0, bavail * bsize - kilobytes * 1024)))
  }

  free(): void {
    rmSync(this.#filler, { force: true })
  }

  /** Takes all that is left. */
  leaveNothing(): void {
    const { bavail, bsize } = statfsSync(this.folder)
    writeFileSync(join(this.folder, 'rest'), Buffer.alloc(bavail * bsize))
  }

  remove(): void {
    spawnSync('umount', ['-l', this.folder])
    rmSync(this.folder, { recursive: true, force: true })
  }
}

test.group('A disk that is full', (group) => {
  let disk: SmallDisk

  group.each.setup(() => {
    disk = new SmallDisk()
    return () => disk.remove()
  })

  function assertFull(
    assert: { equal: (a: unknown, b: unknown) => void; match: (a: string, b: RegExp) => void },
    answer: Answer
  ) {
    const problem = JSON.parse(answer.text)
    assert.equal(answer.status, 503)
    assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/)
    assert.equal(problem.code, 'E_STORAGE_FULL')
    assert.match(problem.detail, /disk of the database is full: nothing was written/)
  }

  test('F10: refuses what would be written and says why, serves the rest, and works again when there is room', async ({
    assert,
    cleanup,
  }) => {
    const url = `sqlite:${join(disk.folder, 'database/laim.sqlite3')}`
    await RunningProcess.command(['setup'], { DATABASE_URL: url })
    const server = await RunningServer.start(url)
    cleanup(async () => {
      await server.kill()
    })
    await server.signIn()
    disk.leave(200)

    const create = (n: number) =>
      server.post('/api/items', { hostname: `sw-${n}`, item_type: 'Switch', notes: 'x'.repeat(4000) })
    const created: number[] = []
    let refused: Answer | null = null
    for (let n = 1; refused === null; n++) {
      const answer = await create(n)
      if (answer.status === 201) {
        created.push(JSON.parse(answer.text).id)
      } else {
        refused = answer
      }
    }

    assertFull(assert, refused)
    assert.isNotEmpty(created)
    assertFull(assert, await create(9001))
    const list = JSON.parse((await server.get('/api/items?limit=200')).text)
    assert.lengthOf(list, Math.min(200, created.length))
    for (const id of [created[0], created.at(-1)]) {
      assert.equal((await server.get(`/api/items/${id}`)).status, 200)
    }
    assert.equal((await server.get('/health')).status, 200)
    assert.isNull(server.child.exitCode, 'it is the same process all the time')

    disk.free()
    assert.equal((await create(9002)).status, 201)
    assert.deepEqual(await server.kill('SIGTERM'), { code: 0, signal: null })
    const { output } = await RunningProcess.command(['doctor', '--verify'], { DATABASE_URL: url })
    assert.match(output, /database .*is whole/)
    assert.match(output, /inventory .*are what their claims and pins say/)
  })

  test('F11: fails a sync with the reason, keeps whole batches only, and the next one does the rest', async ({
    assert,
    cleanup,
  }) => {
    const lab = await CrashLab.start('SQLite', disk.folder)
    const source = await PagedServer.start(manyDevices(3000), 500)
    cleanup(async () => {
      await lab.settle()
      await source.stop()
      await lab.stop()
    })
    await lab.fresh()
    const runId = await lab.queue('alpha')
    const rowOf = (id: number) => lab.client.from('sync_runs').where('id', id).firstOrFail()
    disk.leave(2500)
    const worker = lab.spawn({ alpha: source.url }, ['work'])
    await until(async () => !['queued', 'running'].includes((await rowOf(runId)).status))

    const run = await rowOf(runId)
    assert.equal(run.status, 'failed')
    assert.match(fromJson<string[]>(run.errors)[0]!, /disk of the database is full/)
    const [{ stored }] = await lab.client.from('assets').count('* as stored')
    assert.equal(Number(stored), run.created, 'a batch that found no room left nothing')
    const [{ quick_check: check }] = await lab.client.rawQuery('pragma quick_check')
    assert.equal(check, 'ok')

    disk.free()
    const next = await lab.queue('alpha')
    await until(async () => (await rowOf(next)).status === 'completed')
    const [{ all }] = await lab.client.from('assets').count('* as all')
    assert.equal(Number(all), 3000)
    worker.kill('SIGTERM')
    assert.deepEqual(await ended(worker), { code: 0, signal: null }, 'the same worker did both')
  })

  test('F11: leaves no partial backup and no partial export, and says why', async ({ assert, cleanup }) => {
    const home = mkdtempSync(join(tmpdir(), 'laim-database-'))
    cleanup(() => rmSync(home, { recursive: true }))
    const variables = { DATABASE_URL: `sqlite:${join(home, 'laim.sqlite3')}` }
    await RunningProcess.command(['setup'], variables)
    await RunningProcess.command(['inventory:seed', '--with-samples'], variables)
    const [backups, exported] = [join(disk.folder, 'backups'), join(disk.folder, 'items.csv')]
    mkdirSync(backups)
    disk.leave(8)

    const backup = await RunningProcess.command(['backup:create', '--to', backups], variables)
    assert.equal(backup.code, 1)
    assert.match(backup.output, /The disk of .* is full/)
    assert.notInclude(backup.output, '    at ', 'no stack')
    assert.deepEqual(readdirSync(backups), [])

    disk.leaveNothing()
    const list = await RunningProcess.command(['inventory:export', '--output', exported], variables)
    assert.equal(list.code, 1)
    assert.match(list.output, /disk .* is full/)
    assert.notInclude(readdirSync(disk.folder), 'items.csv')
  })
})
