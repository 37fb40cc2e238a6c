import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { test } from '@japa/runner'
import { VerifyInventory } from '#services/inventory/verify_inventory'
import { findSchemaFault } from '#services/operations/find_schema_fault'
import { ownMigrations } from '#services/operations/own_migrations'
import { VerifyBackup, withRows } from '#services/operations/verify_backup'
import { fillDatabase } from '#services/transfer/fill_database'
import { runMigrations } from '#services/transfer/run_migrations'
import { withNewSqliteFile } from '#services/transfer/with_new_sqlite_file'
import { withScratchPostgres } from '#tests/helpers/scratch_postgres'

const RELEASES = 'tests/fixtures/releases'

/**
 * Restores the inventory of a release in the schema that it had, then brings it to the newest. When this fails after a
 * migration of an unreleased version was edited, write its inventory anew: CONTRIBUTING.md, "Releases".
 */
async function upgrade(client: QueryClientContract, file: string) {
  const { manifest, shape } = await new VerifyBackup().handle(file)
  await client.transaction((trx) => withRows(file, manifest, shape, (batches) => fillDatabase(trx, shape, batches)))
  await client.transaction(async (trx) => runMigrations(trx, await ownMigrations()))
  return {
    fault: await findSchemaFault(client),
    verification: await new VerifyInventory().handle({ client }),
    assets: await client.from('assets').where('is_active', true).count('* as total').firstOrFail(),
  }
}

const releases = readdirSync(app.makePath(RELEASES)).filter((name) => name.endsWith('.jsonl.gz'))

test.group('Every release', (group) => {
  const postgres = withScratchPostgres(group)
  group.tap((each) => each.timeout(120_000))

  test('{$self} is upgraded on SQLite, and every item is what its claims and pins say')
    .with(releases)
    .run(async ({ assert }, release) => {
      const folder = mkdtempSync(join(tmpdir(), 'laim-upgrade-'))
      try {
        const { fault, verification, assets } = await withNewSqliteFile(join(folder, 'laim.sqlite3'), (client) =>
          upgrade(client, app.makePath(RELEASES, release))
        )
        assert.isNull(fault)
        assert.deepEqual(verification, { checked: Number(assets.total), discrepancies: [] })
        assert.isAbove(verification.checked, 5)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })

  test('{$self} is upgraded on PostgreSQL, and every item is what its claims and pins say')
    .with(releases)
    .run(async ({ assert }, release) => {
      const { fault, verification, assets } = await postgres.within(await postgres.create(), (client) =>
        upgrade(client, app.makePath(RELEASES, release))
      )

      assert.isNull(fault)
      assert.deepEqual(verification, { checked: Number(assets.total), discrepancies: [] })
    })

  test('of this version is there', async ({ assert }) => {
    assert.include(releases, `${app.config.get('app.version')}.jsonl.gz`)
  })
})
