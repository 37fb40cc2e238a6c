import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { exportTo, importFrom, inFolder, itemsIn, sortByTag, writeItems } from '#tests/helpers/csv_round_trip'
import { addNames } from '#tests/helpers/lists'
import { randomItems } from '#tests/helpers/random_items'

test.group('What is exported', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('B9: can be imported again, into this inventory and into an empty one', async ({ assert }) => {
    const property = fc.asyncProperty(randomItems({ minLength: 1, maxLength: 40 }), async (items) => {
      await inFolder(async (pathOf) => {
        await emptyInventory()
        const columns = Object.keys(items[0]!)
        await writeItems(pathOf('typed'), items)

        const first = await importFrom(pathOf('typed'))
        await exportTo(pathOf('exported'))
        assert.equal(first.counts.created, items.length)
        assert.deepEqual(await itemsIn(pathOf('exported'), columns), sortByTag(items))

        const again = await importFrom(pathOf('exported'))
        assert.containsSubset(again, { changeSetId: null, counts: { unchanged: items.length } })

        await emptyInventory()
        await importFrom(pathOf('exported'))
        await exportTo(pathOf('second'))
        assert.deepEqual(await itemsIn(pathOf('second'), columns), sortByTag(items))
      })
    })

    await fc.assert(property, { numRuns: 15, seed: 20_261_123 })
  }).timeout(60_000)
})

async function emptyInventory() {
  for (const table of ['changes', 'change_sets', 'pins', 'asset_identifiers', 'assets']) {
    await db.from(table).delete()
  }
}
