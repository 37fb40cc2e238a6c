import testUtils from '@adonisjs/core/services/test_utils'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { EXPORT_COLUMNS } from '#transformers/item_export'
import { insertAssets } from '#tests/helpers/asset_factory'
import { asUser } from '#tests/helpers/as_user'
import { addNames } from '#tests/helpers/lists'
import { assertProblem } from '#tests/helpers/problem'

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', "'=1", "''=1", ' =1', "'plain", '\t=1', '\rtext']

async function exportCsv(client: ApiClient, token: string, query: object = {}): Promise<Record<string, string>[]> {
  const response = await client.get('/api/export/csv').bearerToken(token).qs(query)
  response.assertStatus(200)
  return parse(response.text(), { columns: true, record_delimiter: '\r\n' })
}

test.group('GET /api/export', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('has a column for each field of an item, and a row for each item', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    await insertAssets([
      { hostname: 'sw "core", left', notes: 'two\nlines', macAddress: '001b213c4d5e', assetTag: 'LAB-1' },
      { hostname: 'sw-b' },
    ])

    const rows = await exportCsv(client, token)

    assert.deepEqual(Object.keys(rows[0]!), [...EXPORT_COLUMNS])
    assert.containsSubset(rows, [
      { hostname: 'sw "core", left', notes: 'two\nlines', mac_address: '00:1B:21:3C:4D:5E', asset_tag: 'LAB-1' },
      { hostname: 'sw-b', notes: '', mac_address: '' },
    ])
  })

  test('has exactly the rows of the list with the same filters, over several pages', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    await insertAssets([
      ...Array.from({ length: 1203 }, (_, index) => ({ hostname: `many-${index % 7}`, room: '2265' })),
      ...Array.from({ length: 5 }, () => ({ hostname: 'many-else', room: '2266' })),
      { hostname: 'many-gone', room: '2265', isActive: false },
    ])
    const filters = [
      { room: '2265' },
      { search: 'many else' },
      { room: '2265', sort: '-hostname' },
      { active_only: false },
    ]

    for (const filter of filters) {
      const json = (await client.get('/api/export/json').bearerToken(token).qs(filter)).body()
      const rows = await exportCsv(client, token, filter)
      const list = await client.get('/api/items').bearerToken(token).qs(filter)

      assert.equal(String(json.length), list.header('x-total-count'))
      assert.deepEqual(
        rows.map(({ id }) => Number(id)),
        json.map(({ id }: { id: number }) => id)
      )
      assert.lengthOf(new Set(rows.map(({ id }) => id)), rows.length)
    }
  })

  test('answers JSON items as the list does, and an empty array for nothing', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    await insertAssets([{ hostname: 'one' }])

    const list = await client.get('/api/items').bearerToken(token)
    const json = await client.get('/api/export/json').bearerToken(token)
    const none = await client.get('/api/export/json').bearerToken(token).qs({ search: 'nothing-like-it' })

    assert.deepEqual(json.body(), list.body())
    assert.deepEqual(none.body(), [])
    json.assertHeader('content-disposition', 'attachment; filename="laim-items.json"')
  })

  test('refuses filters that it does not know before it sends anything', async ({ assert, client }) => {
    const { token } = await asUser('viewer')

    const response = await client.get('/api/export/csv').bearerToken(token).qs({ limit: 5, sort: 'hostname' })

    assertProblem(assert, response, { status: 422, faults: [['limit', 'unknown']] })
  })

  for (const column of ['hostname', 'serialNumber', 'assetTag', 'subLocation', 'notes', 'vendor', 'model'] as const) {
    test(`gives no spreadsheet a formula in ${column}`, async ({ assert, client }) => {
      const { token } = await asUser('viewer')
      await insertAssets(FORMULAS.map((formula, index) => ({ hostname: `h-${index}`, [column]: formula })))

      const name = column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      const cells = (await exportCsv(client, token)).map((row) => row[name]!)

      assert.deepEqual(
        cells,
        FORMULAS.map((formula) => (formula === "'plain" ? formula : `'${formula}`))
      )
    })
  }
})
