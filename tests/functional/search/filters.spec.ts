import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { type Asset } from '#core/assets/asset'
import { type AssetFilter } from '#services/search/asset_query'
import { CountTypes } from '#services/search/count_types'
import { InventoryStats } from '#services/search/inventory_stats'
import { ListAssets } from '#services/search/list_assets'
import { insertAssets, insertSource } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'

const TYPES = ['Switch', 'Router', 'Server']
const ROOMS = ['2265', '2266', null]
const STATUSES = ['in_use', 'spare', 'retired'] as const
const PRESENCES = ['present', 'missing', 'unknown'] as const
const SOURCES = ['manual', 'merged', 'alpha', 'beta']

/** More than 1000, so that broad filters walk an index and narrow ones gather. */
const COUNT = 1500

test.group('Filters', (group) => {
  let stored: Asset[] = []
  let ofAlpha = new Set<number>()

  group.setup(async () => {
    const rollback = await testUtils.db().withGlobalTransaction()
    await addNames()
    stored = await insertAssets(
      Array.from({ length: COUNT }, (_, n) => ({
        hostname: `${n % 2 === 0 ? 'lab' : 'core'}-${n}`,
        assetType: TYPES[Math.floor(n / 7) % 3]!,
        room: ROOMS[Math.floor(n / 5) % 3]!,
        status: STATUSES[n % 11 === 0 ? (n % 2) + 1 : 0]!,
        presence: PRESENCES[n % 13 === 0 ? (n % 2) + 1 : 0]!,
        source: SOURCES[Math.floor(n / 3) % 4]!,
        isActive: n % 17 !== 0,
      }))
    )
    const fed = stored.filter(({ source }) => source === 'alpha' || source === 'merged')
    await insertSource(
      'alpha',
      '2026-11-22T06:00:00.000Z',
      fed.map(({ id }) => ({ assetId: id }))
    )
    await insertSource('beta', '2026-11-22T06:00:00.000Z', [
      { assetId: stored[1]!.id, closedAt: '2026-11-22T06:00:00.000Z' },
      { assetId: stored[2]!.id, linkState: 'held' },
      { assetId: stored[3]!.id },
    ])
    ofAlpha = new Set(fed.map(({ id }) => id))
    return rollback
  })

  function isMeant(filter: Partial<AssetFilter>, asset: Asset): boolean {
    const { types, room, source, status, presence, search, activeOnly = true } = filter
    return (
      (!activeOnly || asset.isActive) &&
      (!types?.length || types.includes(asset.assetType)) &&
      (room === undefined || asset.room === room) &&
      (status === undefined || asset.status === status) &&
      (presence === undefined || asset.presence === presence) &&
      (search === undefined || asset.hostname.includes(search)) &&
      (source === undefined || (source === 'alpha' ? ofAlpha.has(asset.id) : asset.source === source))
    )
  }

  async function listAll(filter: Partial<AssetFilter>, sort: string): Promise<number[]> {
    const ids: number[] = []
    let cursor: string | undefined
    do {
      const page = await new ListAssets().handle({ activeOnly: true, ...filter, sort, limit: 700, cursor })
      ids.push(...page.assets.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    return ids.sort((a, b) => a - b)
  }

  test('hold together, in every combination, with and without a search', async ({ assert }) => {
    const choices: Partial<AssetFilter>[][] = [
      [{}, { types: ['Switch'] }, { types: ['Switch', 'Router', 'Nothing'] }, { types: [] }],
      [{}, { room: '2265' }],
      [{}, { source: 'alpha' }, { source: 'merged' }],
      [{}, { status: 'spare' }, { presence: 'missing' }],
      [{}, { search: 'lab' }, { search: '-1' }, { activeOnly: false }],
    ]
    const filters = choices.reduce<Partial<AssetFilter>[]>(
      (all, options) => all.flatMap((filter) => options.map((option) => ({ ...filter, ...option }))),
      [{}]
    )
    for (const [index, filter] of filters.entries()) {
      const expected = stored.filter((asset) => isMeant(filter, asset)).map(({ id }) => id)
      const sort = ['hostname', '-room_location', 'updated_at', '-id'][index % 4]!
      assert.deepEqual(await listAll(filter, sort), expected, JSON.stringify({ filter, sort }))
    }
  }).timeout(60_000)

  test('by a source take its open linked records only', async ({ assert }) => {
    assert.deepEqual(await listAll({ source: 'beta' }, 'id'), [stored[3]!.id])
    assert.deepEqual(await listAll({ source: 'nobody' }, 'id'), [])
  })

  test('that nothing meets answer an empty page', async ({ assert }) => {
    const nothing: Partial<AssetFilter>[] = [{ types: ['Nothing'] }, { room: "'; drop table assets; --" }]
    for (const filter of nothing) {
      const page = await new ListAssets().handle({ activeOnly: true, ...filter, sort: 'hostname', limit: 10 })
      assert.deepEqual(page, { assets: [], nextCursor: null, total: { count: 0, exact: true } })
    }
  })

  test('are counted by facet, each without its own choice', async ({ assert }) => {
    const filter = { types: ['Switch', 'Router'], room: '2265', search: 'lab', activeOnly: true }
    const stats = await new InventoryStats().handle(filter)

    const count = (of: Partial<AssetFilter>, field: 'assetType' | 'room' | 'source' | 'presence') => {
      const meant = stored.filter((asset) => isMeant({ ...filter, ...of }, asset) && asset[field] !== null)
      return Object.fromEntries(
        Object.entries(Object.groupBy(meant, (asset) => asset[field]!)).map(([name, assets]) => [name, assets!.length])
      )
    }
    assert.deepEqual(stats, {
      total: stored.filter((asset) => isMeant(filter, asset)).length,
      byType: count({ types: undefined }, 'assetType'),
      byRoom: count({ room: undefined }, 'room'),
      bySource: count({}, 'source'),
      byPresence: count({}, 'presence'),
      openReviews: 0,
    })
    assert.deepEqual(await new CountTypes().handle(filter), stats.byType)
  })

  test('left out count the active assets', async ({ assert }) => {
    const stats = await new InventoryStats().handle()
    const active = stored.filter((asset) => asset.isActive)

    assert.equal(stats.total, active.length)
    assert.equal(stats.byRoom['2265'], active.filter((asset) => asset.room === '2265').length)
    assert.sameMembers(Object.keys(stats.byRoom), ['2265', '2266'])
    assert.sameMembers(Object.keys(stats.bySource), SOURCES)
  })
})

test.group('Counts', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('are exact up to 10 000 and say so beyond', async ({ assert }) => {
    const list = (search?: string) => new ListAssets().handle({ search, activeOnly: true, sort: 'id', limit: 1 })

    await insertAssets(Array.from({ length: 10_000 }, (_, n) => ({ hostname: `lab-${n}` })))
    assert.deepEqual((await list()).total, { count: 10_000, exact: true })
    assert.deepEqual((await list('lab')).total, { count: 10_000, exact: true })

    await insertAssets([{ hostname: 'lab-one-more' }])
    assert.deepEqual((await list()).total, { count: 10_000, exact: false })
    assert.deepEqual((await list('lab')).total, { count: 10_000, exact: false })
    assert.deepEqual((await list('l')).total, { count: 10_000, exact: false })
  })
})
