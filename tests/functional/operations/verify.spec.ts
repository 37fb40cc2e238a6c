import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Doctor from '#commands/doctor'
import { EditAsset } from '#services/inventory/edit_asset'
import { VerifyInventory } from '#services/inventory/verify_inventory'
import { PERSON } from '#tests/helpers/decide'
import { runCommand } from '#tests/helpers/run_command'
import { eachWithWorldInApp } from '#tests/helpers/world_in_app'

/** What somebody may do to the tables past LAIM, and what then is found. */
const FALSIFIED: [name: string, change: (id: number) => Promise<unknown>, found: object][] = [
  ...(['hostname', 'serial_number', 'mac_address', 'model', 'vendor', 'ip_address', 'firmware_version'] as const).map(
    (field) =>
      [
        `another ${field}`,
        (id: number) =>
          db
            .from('assets')
            .where({ id })
            .update({ [field]: 'falsified' }),
        { fields: [{ field, stored: 'falsified' }] },
      ] as [string, (id: number) => Promise<unknown>, object]
  ),
  [
    'an emptied model',
    (id) => db.from('assets').where({ id }).update({ model: null }),
    { fields: [{ field: 'model', stored: null, computed: 'C9300' }] },
  ],
  [
    'another type',
    (id) => db.from('assets').where({ id }).update({ asset_type: 'Printer' }),
    { fields: [{ field: 'item_type', stored: 'Printer' }] },
  ],
  [
    'a device that is said to be missing',
    (id) => db.from('assets').where({ id }).update({ presence: 'missing' }),
    { fields: [{ field: 'presence', stored: 'missing', computed: 'present' }] },
  ],
  [
    'another source',
    (id) => db.from('assets').where({ id }).update({ source: 'manual' }),
    { fields: [{ field: 'source', stored: 'manual', computed: 'merged' }] },
  ],
  [
    'another pinned value',
    (id) => db.from('pins').where({ asset_id: id, field: 'vendor' }).update({ value: 'Other' }),
    { fields: [{ field: 'vendor', stored: 'Acme', computed: 'Other' }] },
  ],
  [
    'a pin that is gone',
    (id) => db.from('pins').where({ asset_id: id, field: 'vendor' }).delete(),
    { fields: [{ field: 'vendor', stored: 'Acme', computed: 'Cisco' }] },
  ],
  [
    'a record without its asset',
    (id) => db.from('source_records').where({ asset_id: id }).orderBy('id').limit(1).update({ asset_id: null }),
    { areIdentifiersDifferent: true },
  ],
  [
    'an identifier that is gone',
    (id) => db.from('asset_identifiers').where({ asset_id: id, kind: 'mac' }).delete(),
    { fields: [], areIdentifiersDifferent: true },
  ],
  [
    'an identifier too many',
    (id) =>
      db
        .table('asset_identifiers')
        .insert({ asset_id: id, kind: 'mac', value: '001b21ffffff', strength: 'strong', origin: 'source' }),
    { fields: [], areIdentifiersDifferent: true },
  ],
  [
    'another search text',
    (id) => db.from('assets').where({ id }).update({ search: 'falsified' }),
    { fields: [], isSearchDifferent: true },
  ],
]

test.group('doctor --verify', (group) => {
  const world = eachWithWorldInApp(group)

  /** Three items, of which both sources feed the first, and a person too. Answers its id. */
  async function withItems(): Promise<number> {
    const plain = { vendor: 'Cisco', model: 'C9300', firmware: '17.3' }
    await world.current.reads('alpha', [
      { id: '1', hostname: 'sw-1', serial: 'FOC2140X0QK', base: '001b.213c.4d5e', ip: '192.0.2.1', ...plain },
      { id: '2', hostname: 'sw-2', serial: 'FOC2140X0QL', ...plain },
    ])
    await world.current.reads('beta', [
      { id: 'b', hostname: 'sw1', serial: 'FOC2140X0QK', base: '001b.213c.4d5f', model: 'C9300-48P' },
      { id: 'c', hostname: 'sw3' },
    ])
    const id = Number((await world.current.assets())[0]!.id)
    await new EditAsset().handle(id, { vendor: 'Acme', notes: 'typed' }, PERSON)
    return id
  }

  test('finds nothing where every row is what its claims and pins say', async ({ assert }) => {
    await withItems()

    assert.deepEqual(await new VerifyInventory().handle(), { checked: 3, discrepancies: [] })
  })

  test('finds {what}')
    .with(FALSIFIED.map(([what, falsify, found]) => ({ what, falsify, found })))
    .run(async ({ assert }, { falsify, found }) => {
      const id = await withItems()

      await falsify(id)

      const { discrepancies } = await new VerifyInventory().handle()
      assert.lengthOf(discrepancies, 1)
      assert.containsSubset(discrepancies[0], { assetId: id, ...found })
    })

  test('names the item and ends with 1', async ({ assert }) => {
    const id = await withItems()
    const before = await runCommand(Doctor, ['--verify', '--json'])
    await db.from('assets').where({ id }).update({ model: 'falsified' })

    const { exitCode, json } = await runCommand(Doctor, ['--verify', '--json'])

    const of = ({ findings }: { findings: { check: string }[] }) => findings.find(({ check }) => check === 'inventory')
    assert.containsSubset(of(before.json), { status: 'pass' })
    assert.equal(exitCode, 1)
    assert.containsSubset(of(json), { status: 'fail' })
    assert.match(JSON.stringify(of(json)), new RegExp(`${id}.*model`))
  })
})
