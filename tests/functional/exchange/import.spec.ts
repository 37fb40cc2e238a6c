import testUtils from '@adonisjs/core/services/test_utils'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { uploadCsv } from '#tests/helpers/csv_upload'
import { addNames } from '#tests/helpers/lists'
import { assertProblem } from '#tests/helpers/problem'

const FILE = `asset_tag,hostname,item_type,serial_number,mac_address,room_location,notes
LAB-1,sw-1,Switch,FOC2140X0QK,001b.213c.4d5e,2265,"two
lines"
LAB-2,sw-2,Router,,,,
`

test.group('POST /api/import/csv', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  async function importer(client: ApiClient) {
    const { token } = await asUser('admin')
    const send = (content: string | Buffer, fields: Record<string, string> = {}) =>
      uploadCsv(client, token, content, fields)
    const items = async () => (await client.get('/api/items').bearerToken(token)).body()
    return { token, send, items }
  }

  test('adds what is new by one change that can be taken back', async ({ assert, client }) => {
    const { token, send, items } = await importer(client)

    const response = await send(FILE)

    response.assertStatus(200)
    assert.containsSubset(response.body(), { counts: { rows: 2, created: 2, refused: 0 }, errors: [] })
    assert.containsSubset(await items(), [
      { hostname: 'sw-1', mac_address: '00:1B:21:3C:4D:5E', notes: 'two\nlines', room_location: '2265' },
      { hostname: 'sw-2', item_type: 'Router', serial_number: null },
    ])
    const change = response.body().change_id
    response.assertHeader('x-change-id', String(change))
    const undone = await client.post(`/api/changes/${change}/undo`).bearerToken(token).json({})
    assert.containsSubset(undone.body(), { undone: 2 })
    assert.deepEqual(await items(), [])
  })

  test('B8: changes nothing the second time', async ({ assert, client }) => {
    const { send } = await importer(client)
    await send(FILE)

    const again = await send(FILE)

    assert.containsSubset(again.body(), { counts: { unchanged: 2, created: 0, updated: 0 }, change_id: null, rows: [] })
    assert.isUndefined(again.header('x-change-id'))
  })

  for (const [key, file] of [
    ['asset_tag', 'asset_tag,notes\nlab-1,known\n'],
    ['serial_number', 'serial_number,notes\nS/N: foc2140x0qk,known\n'],
  ] as const) {
    test(`recognises items by their ${key} and leaves absent columns as they are`, async ({ assert, client }) => {
      const { send, items } = await importer(client)
      await send(FILE)

      const response = await send(file, { key })

      assert.containsSubset(response.body(), { counts: { updated: 1 } })
      assert.containsSubset(response.body().rows, [{ line: 2, action: 'update', after: { notes: 'known' } }])
      assert.containsSubset((await items())[0], { asset_tag: 'LAB-1', serial_number: 'FOC2140X0QK', notes: 'known' })
    })
  }

  test('recognises items by id, adds rows without one, and empties what is empty', async ({ assert, client }) => {
    const { send, items } = await importer(client)
    await send(FILE)
    const [{ id }] = await items()

    const response = await send(`id;hostname;item_type;notes\r\n${id};sw-1;Switch;\r\n;sw-3;Switch;new\r\n`, {
      key: 'id',
    })

    assert.containsSubset(response.body(), { counts: { updated: 1, created: 1 } })
    assert.containsSubset(await items(), [{ hostname: 'sw-1', notes: null }, {}, { hostname: 'sw-3', notes: 'new' }])
  })

  test('lists every bad row with its line and column, and imports none', async ({ assert, client }) => {
    const { send, items } = await importer(client)
    await send(FILE)
    const bad = [
      'asset_tag,hostname,item_type,serial_number,mac_address,status',
      'LAB-3,,Switch,,,',
      'LAB-4,ok,Toaster,,,',
      'LAB-5,ok,Switch,,nonsense,broken',
      'LAB-6,ok,Switch,FOC2140X0QK,,',
      'LAB-7,ok,Switch,SAMESERIAL,,',
      'LAB-8,ok,Switch,SAMESERIAL,,',
      'LAB-7,ok,Switch,,,',
      ',ok,Switch,,,',
      'LAB-9,ok',
    ].join('\n')

    const plan = await send(bad, { dry_run: 'true' })
    const refused = await send(bad)

    plan.assertStatus(200)
    const places = plan
      .body()
      .errors.map(({ line, column, field, rule }: Record<string, unknown>) => [line, column, field, rule])
    assert.sameDeepMembers(places, [
      [2, 2, 'hostname', 'required'],
      [3, 3, 'item_type', 'exists'],
      [4, 5, 'mac_address', 'macAddress'],
      [4, 6, 'status', 'enum'],
      [5, 4, 'serial_number', 'unique'],
      [7, 4, 'serial_number', 'unique'],
      [8, 1, 'asset_tag', 'distinct'],
      [9, 1, 'asset_tag', 'required'],
      [10, null, 'file', 'columns'],
    ])
    assertProblem(assert, refused, { status: 422, code: 'E_IMPORT_REFUSED' })
    assert.deepEqual(refused.body().errors, plan.body().errors)
    assert.lengthOf(await items(), 2)
  })

  test('shows in a dry run what it would do, and writes nothing', async ({ assert, client }) => {
    const { send, items } = await importer(client)

    const response = await send(FILE, { dry_run: 'true' })

    assert.containsSubset(response.body(), { counts: { created: 2 }, change_id: null })
    assert.containsSubset(response.body().rows[0], { line: 2, action: 'create', id: null, after: { hostname: 'sw-1' } })
    assert.containsSubset(response.body().rows[1], { line: 4 })
    assert.deepEqual(await items(), [])
  })

  test('is a dry run unless told otherwise', async ({ assert, client }) => {
    const { token, items } = await importer(client)

    const response = await client
      .post('/api/import/csv')
      .bearerToken(token)
      .file('file', Buffer.from(FILE), { filename: 'items.csv', contentType: 'text/csv' })

    assert.containsSubset(response.body(), { dry_run: true, counts: { created: 2 }, change_id: null })
    assert.deepEqual(await items(), [])
  })

  test('refuses to swap what is unique, and names both rows or the item in the way', async ({ assert, client }) => {
    const { token, send } = await importer(client)
    const rows = (swap: boolean, fill: string[]) =>
      [
        'asset_tag,hostname,item_type,serial_number',
        `A-1,one,Switch,${swap ? 'SERIAL-22' : 'SERIAL-11'}`,
        ...fill,
        `A-2,two,Switch,${swap ? 'SERIAL-11' : 'SERIAL-22'}`,
      ].join('\n')
    const fill = Array.from({ length: 250 }, (_, n) => `F-${n},fill-${n},Switch,`)
    await send(rows(false, fill))

    for (const between of [[], fill]) {
      const response = await send(rows(true, between))
      assertProblem(assert, response, { status: 422, code: 'E_IMPORT_REFUSED' })
      const rules = response.body().errors.map(({ field, rule }: Record<string, unknown>) => [field, rule])
      assert.includeDeepMembers(rules, [['serial_number', 'unique']])
    }
    const found = await client.get('/api/items?search=SERIAL').bearerToken(token)
    assert.sameDeepMembers(
      found.body().map((item: Record<string, unknown>) => [item.hostname, item.serial_number]),
      [
        ['one', 'SERIAL-11'],
        ['two', 'SERIAL-22'],
      ]
    )
  })

  const unreadable: [what: string, content: string | Buffer, rule: string, line: number | null][] = [
    ['an empty file', '', 'empty', null],
    ['UTF-16', Buffer.from('\ufeffasset_tag,hostname\n', 'utf16le'), 'encoding', null],
    ['Latin-1', Buffer.from('asset_tag,hostname\nA,Küche\n', 'latin1'), 'encoding', 3],
    ['a NUL byte', 'asset_tag,hostname\nA,b\0c\n', 'nul', 2],
    ['a workbook', Buffer.from('PK\u0003\u0004rest of a zip', 'latin1'), 'type', null],
    ['a quote that is not closed', 'asset_tag,hostname\nA,b\nB,"c\nC,d\n', 'csv', 3],
    ['text after a closing quote', 'asset_tag,hostname\nA,"b"c\n', 'csv', 2],
    ['a long line', `asset_tag,hostname\nA,${'x'.repeat(2_000_000)}\n`, 'line', 2],
    ['a million columns', `${'a,'.repeat(500_000)}b\n`, 'columns', 1],
    ['a column twice', 'asset_tag,hostname,Hostname\n', 'distinct', 1],
    ['an unknown column', 'asset_tag,nope\n', 'unknown', 1],
    ['no key column', 'hostname\n', 'required', 1],
  ]
  for (const [what, content, rule, line] of unreadable) {
    test(`B7: refuses ${what} and says so`, async ({ assert, client }) => {
      const { send } = await importer(client)

      for (const isDryRun of ['false', 'true']) {
        const response = await send(content, { dry_run: isDryRun })
        assertProblem(assert, response, { status: 422, code: 'E_IMPORT_REFUSED' })
        assert.containsSubset(response.body().errors[0], { rule, line })
      }
    })
  }

  test('reads a byte order mark, any line breaks, and a file with a header only', async ({ assert, client }) => {
    const { send } = await importer(client)

    const old = await send('\ufeffasset_tag\thostname\titem_type\rA-1\tmac\tSwitch\r')
    const header = await send('asset_tag,hostname\n')

    assert.containsSubset(old.body(), { counts: { created: 1 } })
    assert.containsSubset(header.body(), { counts: { rows: 0 }, change_id: null })
  })

  test('reads what Excel writes: its separator line, names as people write them, rows without a value', async ({
    assert,
    client,
  }) => {
    const { send } = await importer(client)
    const lines = [
      'sep=;',
      'Asset tag;Hostname;Item Type;Notes',
      'A-1;one;Switch;"two\r\nlines; and ""quotes"""',
      ';;;',
      'A-2;two;Toaster;',
      ';;;',
      '',
    ]

    const plan = await send(`\ufeff${lines.join('\r\n')}`, { dry_run: 'true' })

    assert.containsSubset(plan.body(), { counts: { rows: 2, created: 1, refused: 1 } })
    assert.containsSubset(plan.body().rows, [{ line: 3, after: { hostname: 'one' } }])
    assert.include(plan.body().rows[0].after.notes, 'lines; and "quotes"')
    assert.containsSubset(plan.body().errors, [{ line: 6, field: 'item_type' }])
  })

  test('asks for one file in a form', async ({ assert, client }) => {
    const { token, send } = await importer(client)

    const json = await client.post('/api/import/csv').bearerToken(token).json({})
    const none = await client.post('/api/import/csv').bearerToken(token).fields({ key: 'id' })
    const unknown = await send(FILE, { key: 'hostname' })

    assertProblem(assert, json, { status: 415 })
    assert.include([415, 422], none.status())
    assertProblem(assert, unknown, { status: 422, faults: [['key', 'enum']] })
  })
})
