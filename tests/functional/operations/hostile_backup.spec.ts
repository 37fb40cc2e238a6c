import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import app from '@adonisjs/core/services/app'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { test } from '@japa/runner'
import { type BackupManifest, manifestFile, sha256Of } from '#services/operations/backup_manifest'
import { VerifyBackup, withRows } from '#services/operations/verify_backup'
import { fillDatabase } from '#services/transfer/fill_database'
import { withNewSqliteFile } from '#services/transfer/with_new_sqlite_file'
import { withSqliteFile } from '#services/transfer/with_sqlite_file'

const RELEASE = '2.0.0.jsonl.gz'

test.group('S20: a backup that somebody else made', (group) => {
  let folder: string
  let rows: string
  let file: string

  group.setup(async () => {
    folder = mkdtempSync(join(tmpdir(), 'laim-hostile-'))
    return () => rmSync(folder, { recursive: true, force: true })
  })

  /** A good backup of rows, and one of a SQLite file with the same rows: what each test spoils. */
  group.each.setup(async () => {
    rows = join(folder, RELEASE)
    for (const name of [RELEASE, manifestFile(RELEASE)]) {
      copyFileSync(app.makePath('tests/fixtures/releases', name), join(folder, name))
    }
    file = join(folder, 'laim.sqlite3')
    rmSync(file, { force: true })
    const { manifest, shape } = await new VerifyBackup().handle(rows)
    await withNewSqliteFile(file, (client) =>
      client.transaction((trx) => withRows(rows, manifest, shape, (batches) => fillDatabase(trx, shape, batches)))
    )
    await describe(file, { ...manifest, kind: 'sqlite_file', file: 'laim.sqlite3' })
  })
  group.tap((each) => each.timeout(60_000))

  /** Gives a file a manifest that is right about its bytes. */
  async function describe(backup: string, manifest: BackupManifest) {
    const bytes = readFileSync(backup).length
    writeFileSync(manifestFile(backup), JSON.stringify({ ...manifest, bytes, sha256: await sha256Of(backup) }))
  }

  function readManifest(backup: string): BackupManifest {
    return JSON.parse(readFileSync(manifestFile(backup), 'utf8'))
  }

  async function spoilFile(work: (client: QueryClientContract) => Promise<unknown>) {
    await withSqliteFile(file, work, 'write')
    await describe(file, readManifest(file))
  }

  async function spoilRows(change: (text: string) => string) {
    writeFileSync(rows, gzipSync(change(gunzipSync(readFileSync(rows)).toString())))
    await describe(rows, readManifest(rows))
  }

  const verify = (backup: string) => new VerifyBackup().handle(backup)

  test('is taken when nothing is wrong with it', async ({ assert }) => {
    await assert.doesNotReject(() => verify(rows))
    await assert.doesNotReject(() => verify(file))
  })

  test('is refused when it defines something that LAIM does not have')
    .with([
      [`create trigger t after insert on users begin update users set role = 'superuser'; end`, /trigger t/],
      ['create view v as select * from users', /view v/],
      ['create table extra (id integer)', /table extra/],
      ['create index i on users (role)', /index i/],
      ['create virtual table f using fts5(x)', /table f/],
    ] as const)
    .run(async ({ assert }, [statement, reason]) => {
      await spoilFile((client) => client.rawQuery(statement))

      await assert.rejects(() => verify(file), reason)
    })

  test('is refused when a table was replaced by a view of its name', async ({ assert }) => {
    await spoilFile(async (client) => {
      await client.rawQuery('pragma foreign_keys = off')
      await client.rawQuery('drop table match_verdicts')
      await client.rawQuery(`create view match_verdicts as select 1 as id`)
    })

    await assert.rejects(() => verify(file), /view match_verdicts/)
  })

  test('brings none of its own triggers, also under a known name', async ({ assert }) => {
    await spoilFile(async (client) => {
      await client.rawQuery('drop trigger assets_fts_insert')
      await client.rawQuery(
        `create trigger assets_fts_insert after insert on assets begin update users set role = 'superuser'; end`
      )
    })
    const { manifest, shape } = await verify(file)
    const restored = join(folder, 'restored.sqlite3')

    const [trigger] = await withNewSqliteFile(restored, async (client) => {
      await client.transaction((trx) => withRows(file, manifest, shape, (batches) => fillDatabase(trx, shape, batches)))
      return client.rawQuery(`select sql from sqlite_master where name = 'assets_fts_insert'`)
    })

    assert.notInclude(trigger.sql, 'superuser')
  })

  test('is refused when a byte is too many', async ({ assert }) => {
    appendFileSync(file, 'x')
    appendFileSync(rows, 'x')

    await assert.rejects(() => verify(file), /checksum is not that of its manifest/)
    await assert.rejects(() => verify(rows), /checksum is not that of its manifest/)
  })

  test('is refused when it is no database, though the checksum is right', async ({ assert }) => {
    writeFileSync(file, 'x'.repeat(5000))
    await describe(file, readManifest(file))
    writeFileSync(rows, 'x'.repeat(5000))
    await describe(rows, readManifest(rows))

    await assert.rejects(() => verify(file), /cannot be read/)
    await assert.rejects(() => verify(rows), /cannot be read/)
  })

  test('is refused when its rows are not those that were counted', async ({ assert }) => {
    await spoilFile((client) => client.from('users').update({ role: 'superuser', username: 'eve' }))
    await spoilRows((text) => text.replace('"ada@example.org"', '"eve@example.org"'))

    await assert.rejects(() => verify(file), /not those that its manifest counts \(users\)/)
    await assert.rejects(() => verify(rows), /not those that its manifest counts \(users\)/)
  })

  test('is refused when its lines are not rows of this schema')
    .with([
      ['{"table":"adonis_schema","columns":["id"],"last_id":null}\n', /table adonis_schema is not one/],
      ['{"table":"../../etc/passwd","columns":[],"last_id":null}\n', /is not one that this schema has/],
      ['{"table":"users","columns":["id","role"],"last_id":1}\n', /table users is not one/],
      ['[1,2,3]\n', /a row of write_clock is not one/],
      ['null\n', /is not one that this schema has/],
      ['{"table"\n', /a line is not JSON/],
      ['["', /last line is not whole/],
    ] as const)
    .run(async ({ assert }, [line, reason]) => {
      await spoilRows((text) => text + line)

      await assert.rejects(() => verify(rows), reason)
    })

  test('is refused with a manifest that is missing, none of ours, of another file or of a newer schema', async ({
    assert,
  }) => {
    const manifest = readManifest(file)
    const refusals: [string | null, RegExp][] = [
      [null, /manifest .* is not beside it/],
      ['{"format":1}', /not one that backup:create writes/],
      [JSON.stringify({ ...manifest, file: '../laim.sqlite3' }), /or that of another file/],
      [JSON.stringify({ ...manifest, migrations: [...manifest.migrations, '9999_later'] }), /newer than this LAIM/],
      [JSON.stringify({ ...manifest, migrations: ['../../../tmp/evil'] }), /newer than this LAIM/],
      [JSON.stringify({ ...manifest, migrations: manifest.migrations.slice(0, 3) }), /which LAIM does not have/],
    ]

    for (const [text, reason] of refusals) {
      rmSync(manifestFile(file), { force: true })
      if (text) writeFileSync(manifestFile(file), text)
      await assert.rejects(() => verify(file), reason)
    }
  })
})
