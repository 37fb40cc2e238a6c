import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { test } from '@japa/runner'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { CreateAsset } from '#services/inventory/create_asset'
import { VerifyInventory } from '#services/inventory/verify_inventory'
import { CreateBackup } from '#services/operations/create_backup'
import { VerifyBackup, withRows } from '#services/operations/verify_backup'
import { fillDatabase } from '#services/transfer/fill_database'
import { type SchemaShape } from '#services/transfer/schema_shape'
import { contentsOf } from '#services/transfer/table_digest'
import { readDatabase } from '#services/transfer/table_rows'
import { withNewSqliteFile } from '#services/transfer/with_new_sqlite_file'
import { emptyDatabase } from '#tests/helpers/database'
import { furnishInventory } from '#tests/helpers/furnish_inventory'
import { withScratchPostgres } from '#tests/helpers/scratch_postgres'

/** Writes before the backup begins, and where they end in any case. */
const FIRST = 5
const MOST = 1000

const PERSON = { userId: null, name: 'test' }

test.group('A backup that is made during writes', (group) => {
  const postgres = withScratchPostgres(group)
  let folder: string

  group.each.setup(async () => {
    folder = mkdtempSync(join(tmpdir(), 'laim-backup-'))
    await furnishInventory()
    return async () => {
      rmSync(folder, { recursive: true, force: true })
      await emptyDatabase()
    }
  })
  group.tap((each) => each.timeout(120_000))

  /** Makes a backup while assets are added; the names of those that were added before, at least, and in all. */
  async function backUpWhileWriting() {
    const added: string[] = []
    let isOver = false
    async function write() {
      while (!isOver && added.length < MOST) {
        await nextTurn()
        const hostname = `during-${added.length}`
        await new CreateAsset().handle({ hostname, assetType: 'Laptop' }, PERSON)
        added.push(hostname)
      }
    }
    const writing = write()
    try {
      while (added.length < FIRST) {
        await nextTurn()
      }
      const before = added.length
      const { file } = await new CreateBackup().handle(folder)
      return { file, before, added }
    } finally {
      isOver = true
      await writing
    }
  }

  async function look(client: QueryClientContract, shape: SchemaShape) {
    const during = await client.from('assets').where('hostname', 'like', 'during-%').orderBy('id')
    return {
      digests: await contentsOf(readDatabase(client, shape)),
      during: during.map(({ hostname }) => hostname),
      ...(await new VerifyInventory().handle({ client })),
    }
  }

  test('holds one moment: restored elsewhere its digests are equal, on either database', async ({ assert }) => {
    const { file, before, added } = await backUpWhileWriting()
    const { manifest, shape } = await new VerifyBackup().handle(file)
    const restore = async (client: QueryClientContract) => {
      await client.transaction((trx) => withRows(file, manifest, shape, (batches) => fillDatabase(trx, shape, batches)))
      return look(client, shape)
    }

    const inFile = await withNewSqliteFile(join(folder, 'restored.sqlite3'), restore)
    const inPostgres = await postgres.within(await postgres.create(), restore)

    assert.deepEqual(inFile, inPostgres)
    assert.deepEqual(inFile.digests, { counts: manifest.counts, digests: manifest.digests })
    assert.deepEqual(inFile.discrepancies, [])
    assert.deepEqual(inFile.during, added.slice(0, inFile.during.length), 'none is missing in between')
    assert.isAtLeast(inFile.during.length, before)
  })
})
