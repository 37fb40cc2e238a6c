import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { isPostgres } from '#database/columns'
import { type AssetFilter } from '#services/search/asset_query'
import { ASSET_SORTS } from '#services/search/asset_sort'
import { FindAsset } from '#services/search/find_asset'
import { InventoryStats } from '#services/search/inventory_stats'
import { ListAssets } from '#services/search/list_assets'
import { tickClock } from '#services/sync/store/write_clock'
import { insertAssets, insertSource } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'
import { scansOf, sortsRows } from './query_plan.js'
import { recordStatements } from './record_statements.js'

const SORTS = Object.keys(ASSET_SORTS).flatMap((key) => [key, `-${key}`])

/** Filters that mean more than 1000 of the stored assets, whose lists walk an order. */
const BROAD: Partial<AssetFilter>[] = [
  {},
  { activeOnly: false },
  { types: ['Switch'] },
  { types: ['Switch', 'Router'] },
  { room: '2265' },
  { types: ['Switch'], room: '2265' },
  { status: 'in_use' },
  { presence: 'present' },
  { source: 'merged' },
  { source: 'alpha' },
  { search: 'lab-' },
  { search: 'l' },
  { search: 'lab 00:1b:21' },
  { search: 'lab-', types: ['Switch'], room: '2265', status: 'in_use', presence: 'present', source: 'alpha' },
]

/** Filters that mean few or none. */
const NARROW: Partial<AssetFilter>[] = [
  { search: 'lab-1234' },
  { search: '00:1b:21:00:04:d2' },
  { search: 'qz' },
  { search: 'nowhere', types: ['Switch'], source: 'alpha' },
  { types: ['Printer'] },
  { types: ['Printer'], room: '2266' },
  { room: '2266', presence: 'missing' },
  { status: 'spare' },
  { presence: 'missing' },
  { source: 'nobody' },
]

test.group('Plans', (group) => {
  group.setup(async () => {
    const rollback = await testUtils.db().withGlobalTransaction()
    await addNames()
    const assets = await insertAssets(
      Array.from({ length: 3000 }, (_, n) => ({
        hostname: `lab-${n}`,
        assetType: n % 1500 === 7 ? 'Printer' : 'Switch',
        room: n % 1000 === 7 ? '2266' : '2265',
        status: n % 1000 === 8 ? 'spare' : 'in_use',
        presence: n % 1000 === 9 ? 'missing' : 'present',
        source: 'merged',
        serialNumber: n % 3 === 0 ? null : `FOC${n}`,
        macAddress: `001b21${n.toString(16).padStart(6, '0')}`,
      }))
    )
    await insertSource(
      'alpha',
      null,
      assets.map(({ id }) => ({ assetId: id }))
    )
    if (isPostgres(db.connection())) {
      await db.rawQuery('analyze')
    }
    return rollback
  })

  for (const filter of [...BROAD, ...NARROW]) {
    test(`read assets through an index for ${JSON.stringify(filter)}, by every sort`, async ({ assert }) => {
      const walksAnOrder = BROAD.includes(filter)
      for (const sort of SORTS) {
        const { statements, nextCursor } = await list(filter, sort)
        const later = nextCursor ? await list(filter, sort, nextCursor) : { statements: [] }

        assert.isAtMost(statements.length, 2)
        for (const statement of new Set([...statements, ...later.statements.slice(1, 2)])) {
          assert.deepEqual(await scansOf(statement), [], `${sort}: ${statement.sql}`)
        }
        for (const page of walksAnOrder ? [statements[1]!, later.statements[1]!] : []) {
          assert.isFalse(await sortsRows(page), `${sort} sorts more than a page: ${page.sql}`)
        }
      }
    }).timeout(60_000)
  }

  test('ask two statements for a page of any size, one when nothing matches', async ({ assert }) => {
    for (const limit of [1, 1000]) {
      const statements = await recordStatements(() =>
        new ListAssets().handle({ search: 'lab', activeOnly: true, sort: '-serial_number', limit })
      )
      assert.lengthOf(statements, 2)
    }
    assert.lengthOf((await list({ search: 'nowhere' }, 'hostname')).statements, 1)
  })

  test('ask one statement for one asset', async ({ assert }) => {
    const { id } = await db.from('assets').select('id').firstOrFail()

    assert.lengthOf(await recordStatements(() => new FindAsset().handle(id)), 1)
  })

  test('know how many match until something is written', async ({ assert }) => {
    const total = async (search?: string) => {
      const page = await new ListAssets().handle({ search, activeOnly: true, sort: 'hostname', limit: 1 })
      return page.total.count
    }
    const [all, some] = [await total(), await total('lab-2')]
    await db.from('assets').where({ hostname: 'lab-2' }).update({ is_active: false })

    assert.deepEqual([await total(), await total('lab-2')], [all, some])
    await tickClock(db.connection())
    assert.deepEqual([await total(), await total('lab-2')], [all - 1, some - 1])
  })

  test('count once, and then no more until something is written', async ({ assert }) => {
    const count = () => recordStatements(() => new InventoryStats().handle())
    await tickClock(db.connection())

    assert.lengthOf(await count(), 2)
    assert.lengthOf(await count(), 1)
    await tickClock(db.connection())
    assert.lengthOf(await count(), 2)
  })
})

async function list(filter: Partial<AssetFilter>, sort: string, cursor?: string) {
  let nextCursor: string | null = null
  const statements = await recordStatements(async () => {
    const page = await new ListAssets().handle({ activeOnly: true, ...filter, sort, limit: 50, cursor })
    nextCursor = page.nextCursor
  })
  return { statements, nextCursor: nextCursor as string | null }
}
