import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { type Asset } from '#core/assets/asset'
import { type AssetFilter } from '#services/search/asset_query'
import { ASSET_SORTS } from '#services/search/asset_sort'
import { ListAssets } from '#services/search/list_assets'
import { type AssetDraft, insertAssets } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'

/** More than are gathered and sorted, so that unfiltered lists walk the index; those of room 2266 are gathered. */
const COUNT = 1300
const ROOM_WITH_FEW = '2266'
const SORTS = Object.keys(ASSET_SORTS).flatMap((key) => [key, `-${key}`])

/** Few distinct values, many absent ones, and texts whose order depends on who compares them. */
function draftAssets(): AssetDraft[] {
  const names = ['lab-a', 'lab-A', 'LAB-B', 'é', 'z', '😀', '\uffee', 'a b', 'a-b']
  return Array.from({ length: COUNT }, (_, n) => ({
    hostname: n < 400 ? 'same' : `${names[n % names.length]}`,
    assetType: ['Switch', 'Router', 'Load Balancer'][n % 3],
    room: n % 7 === 0 ? null : n % 7 === 1 ? ROOM_WITH_FEW : '2265',
    serialNumber: n % 3 === 0 ? null : `S${n % 40}`,
    assetTag: n % 2 === 0 ? null : `T${n % 50}`,
    ipAddress: n % 5 === 0 ? null : `192.0.2.${n % 60}`,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, 0, n % 90)).toISOString(),
    updatedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, n % 4)).toISOString(),
  }))
}

/** The order that the list promises: bytes or times, ids for ties, what is absent last in both directions. */
function inOrder(assets: readonly Asset[], sort: string): number[] {
  const sign = sort.startsWith('-') ? -1 : 1
  const { field } = ASSET_SORTS[sort.replace('-', '') as keyof typeof ASSET_SORTS]
  const compare = (a: Asset, b: Asset) => {
    const [left, right] = [a[field], b[field]]
    if (left === null || right === null || field === 'id') {
      return Number(left === null) - Number(right === null) || sign * (a.id - b.id)
    }
    return sign * (Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right))) || a.id - b.id)
  }
  return assets.toSorted(compare).map((asset) => asset.id)
}

/** The ids of all pages, in order. */
async function walk(filter: Partial<AssetFilter>, sort: string, limit: number, between = async () => {}) {
  const ids: number[] = []
  let cursor: string | undefined
  do {
    const page = await new ListAssets().handle({ activeOnly: true, ...filter, sort, limit, cursor })
    ids.push(...page.assets.map((asset) => asset.id))
    cursor = page.nextCursor ?? undefined
    await between()
  } while (cursor !== undefined)
  return ids
}

test.group('Pages', (group) => {
  let stored: Asset[] = []

  group.setup(async () => {
    const rollback = await testUtils.db().withGlobalTransaction()
    await addNames()
    stored = await insertAssets(draftAssets())
    return rollback
  })

  for (const sort of SORTS) {
    test(`sorted by ${sort} show each asset once, in order, alike on both databases`, async ({ assert }) => {
      const few = stored.filter((asset) => asset.room === ROOM_WITH_FEW)

      for (const limit of [173, 1000]) {
        assert.deepEqual(await walk({}, sort, limit), inOrder(stored, sort))
      }
      for (const limit of [11, 1000]) {
        assert.deepEqual(await walk({ room: ROOM_WITH_FEW }, sort, limit), inOrder(few, sort))
      }
      assert.deepEqual(await walk({ search: 'S' }, sort, 400), inOrder(stored.filter(hasLetterS), sort))
    }).timeout(60_000)
  }

  test('of any size end with a page that may be full and names no next one', async ({ assert }) => {
    const page = await new ListAssets().handle({ activeOnly: true, sort: 'id', limit: 650 })
    const last = await new ListAssets().handle({ activeOnly: true, sort: 'id', limit: 650, cursor: page.nextCursor! })

    assert.lengthOf(last.assets, 650)
    assert.isNull(last.nextCursor)
    assert.deepEqual(last.total, { count: COUNT, exact: true })
  })
})

test.group('Pages of a list that changes', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  for (const sort of ['hostname', '-hostname', 'serial_number', '-serial_number']) {
    test(`B15: sorted by ${sort} neither repeat nor skip an asset that stays`, async ({ assert }) => {
      const stored = await insertAssets(draftAssets())
      const passing = await insertAssets(Array.from({ length: 60 }, () => ({ hostname: 'same', serialNumber: 'S7' })))

      const ids = await walk({}, sort, 50, async () => {
        await insertAssets([
          { hostname: 'same' },
          { hostname: 'a', serialNumber: 'S0' },
          { hostname: 'zz', serialNumber: 'T' },
        ])
        await db.from('assets').where('id', passing.pop()!.id).update({ is_active: false })
      })

      const throughout = new Set(stored.map((asset) => asset.id))
      assert.equal(new Set(ids).size, ids.length)
      assert.deepEqual(
        ids.filter((id) => throughout.has(id)),
        inOrder(stored, sort)
      )
    })
  }
})

function hasLetterS(asset: Asset): boolean {
  return [asset.hostname, asset.serialNumber].some((value) => value?.toLowerCase().includes('s'))
}
