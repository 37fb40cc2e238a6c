import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { exportTo, importFrom, inFolder, itemsIn, sortByTag, writeItems } from '#tests/helpers/csv_round_trip'
import { addNames } from '#tests/helpers/lists'
import { randomItems } from '#tests/helpers/random_items'

const ITEMS = 100_000

test.group('100,000 items', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('B9: come out of the inventory as they went in, and change nothing when they come again', async ({ assert }) => {
    const [items = []] = fc.sample(randomItems({ minLength: ITEMS, maxLength: ITEMS }), { numRuns: 1, seed: 7 })
    const columns = Object.keys(items[0]!)

    await inFolder(async (pathOf) => {
      await writeItems(pathOf('typed'), items)
      const first = await importFrom(pathOf('typed'))
      await exportTo(pathOf('exported'))
      const again = await importFrom(pathOf('exported'))

      assert.equal(first.counts.created, ITEMS)
      const expected = sortByTag(items)
      const found = await itemsIn(pathOf('exported'), columns)
      assert.equal(
        found.findIndex((item, index) => JSON.stringify(item) !== JSON.stringify({ ...expected[index] })),
        -1
      )
      assert.containsSubset(again, { changeSetId: null, counts: { unchanged: ITEMS } })
    })
  })
})
