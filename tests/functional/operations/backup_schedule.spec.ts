import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { BackupSchedule } from '#services/operations/backup_schedule'
import { checkBackups } from '#services/operations/check_backups'
import { CreateBackup } from '#services/operations/create_backup'
import { BackupFailed } from '#services/operations/errors'
import { Lease } from '#services/sync/lease'

const HOUR_MS = 3_600_000

test.group('The schedule of backups', (group) => {
  let folder: string
  let now: Date

  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'laim-backups-'))
    now = new Date('2026-11-23T02:30:00.000Z')
    const before = app.config.get('backup')
    app.config.set('backup', { intervalHours: 24, keep: 2, folder })
    return async () => {
      app.config.set('backup', before)
      await db.from('leases').where('name', 'backup').delete()
      rmSync(folder, { recursive: true })
    }
  })

  const look = (signal?: AbortSignal) => new BackupSchedule(new CreateBackup()).backUpWhenDue(signal, now)

  function hoursPass(hours: number) {
    now = new Date(now.getTime() + hours * HOUR_MS)
  }

  function stored() {
    return readdirSync(folder).filter((name) => !name.endsWith('.manifest.json'))
  }

  test('writes one when there is none, and the next when that is old enough; so many stay', async ({ assert }) => {
    const first = await look()
    hoursPass(23)
    const tooEarly = await look()
    hoursPass(1)
    const second = await look()
    hoursPass(100)
    const third = await look()

    assert.match(basename(first!.file), /^laim-20261123T023000\.000Z\./)
    assert.isNull(tooEarly)
    assert.deepEqual(third!.removed, [first!.file])
    assert.sameMembers(stored(), [basename(second!.file), basename(third!.file)])
  })

  test('counts a backup that a person wrote', async ({ assert }) => {
    await new CreateBackup().handle(folder, null, { now })
    hoursPass(1)

    assert.isNull(await look())
  })

  test('writes each once, however many workers look', async ({ assert }) => {
    for (let turn = 1; turn <= 5; turn++) {
      const reports = await Promise.all([look(), look(), look()])
      assert.lengthOf(
        reports.filter((report) => report !== null),
        1
      )
      hoursPass(24)
    }
  })

  test('leaves it to the process that writes one, and takes over from one that died', async ({ assert }) => {
    const other = await Lease.take(db.connection(), 'backup')
    const beside = await look()
    await db.from('leases').where('name', 'backup').update({ expires_at: '2020-01-01T00:00:00.000Z' })
    const after = await look()
    await other!.release()

    assert.isNull(beside)
    assert.isNotNull(after)
  })

  test('gives one up when the worker is to end, and leaves nothing of it', async ({ assert }) => {
    await assert.rejects(() => look(AbortSignal.abort()), BackupFailed)

    assert.isEmpty(readdirSync(folder))
    assert.isNotNull(await look())
  })

  test('is looked after by the doctor, who says how old the newest is', async ({ assert }) => {
    const without = await checkBackups(now)
    await look()
    const [young] = await checkBackups(now)
    hoursPass(49)
    const [old] = await checkBackups(now)
    app.config.set('backup.intervalHours', 0)

    assert.containsSubset(without, [{ status: 'warn', message: `there is none in ${folder}` }])
    assert.containsSubset(young, { status: 'pass', message: `the newest in ${folder} is 0 hours old` })
    assert.containsSubset(old, { status: 'warn', message: `the newest in ${folder} is 49 hours old` })
    assert.deepEqual(await checkBackups(now), [])
  })

  test('removes what a process that died left of one', async ({ assert }) => {
    const partial = 'laim-20261101T000000.000Z.sqlite3.partial'
    writeFileSync(join(folder, partial), 'half of it')

    await look()

    assert.notInclude(stored(), partial)
    assert.lengthOf(stored(), 1)
  })
})
