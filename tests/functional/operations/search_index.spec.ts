import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { isPostgres } from '#database/columns'
import { checkSearchIndex } from '#services/operations/check_search_index'
import { insertAssets } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'

test.group('The search index', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('is well when it knows every item, and says so', async ({ assert }) => {
    await insertAssets([{ hostname: 'bench-1' }])

    assert.containsSubset(await checkSearchIndex(db.connection(), true), { check: 'search', status: 'pass' })
  })

  test('is ill when an item is not in it, or is in it with another text', async ({ assert }) => {
    const [asset] = await insertAssets([{ hostname: 'bench-2' }])
    if (isPostgres(db.connection())) {
      await db.rawQuery('drop index assets_search')
      assert.containsSubset(await checkSearchIndex(db.connection(), false), { status: 'fail' })
      return
    }

    await db.rawQuery(
      `insert into assets_fts(assets_fts, rowid, search) select 'delete', id, search from assets where id = ?`,
      [asset!.id]
    )
    const without = await checkSearchIndex(db.connection(), false)
    await db.rawQuery(`insert into assets_fts(rowid, search) values (?, 'something else')`, [asset!.id])
    const [other, thorough] = [
      await checkSearchIndex(db.connection(), false),
      await checkSearchIndex(db.connection(), true),
    ]

    assert.containsSubset(without, { status: 'fail', fix: 'Make a backup and restore it: that builds the index anew' })
    assert.equal(other.status, 'pass')
    assert.equal(thorough.status, 'fail')
  })
})
