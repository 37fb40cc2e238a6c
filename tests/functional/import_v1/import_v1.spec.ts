import db from '@adonisjs/lucid/services/db'
import hash from '@adonisjs/core/services/hash'
import { test } from '@japa/runner'
import InventoryImportV1 from '#commands/inventory/import_v1'
import { EditAsset } from '#services/inventory/edit_asset'
import { VerifyInventory } from '#services/inventory/verify_inventory'
import { ListRuns } from '#services/sync/list_runs'
import { UndoChangeSet } from '#services/inventory/undo_change_set'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'
import { runCommand } from '#tests/helpers/run_command'
import { withScratchPostgres } from '#tests/helpers/scratch_postgres'
import { makeV1Database } from './v1_database.js'

const PERSON = { userId: null, name: 'test' }

test.group('A database of LAIM 1.0', (group) => {
  const postgres = withScratchPostgres(group)
  const world = eachWithWorld(group)
  let url: string

  group.setup(async () => {
    url = await postgres.create()
    await postgres.within(url, makeV1Database)
  })
  group.tap((each) => each.timeout(60_000))

  const importV1 = (...flags: string[]) => runCommand(InventoryImportV1, [url, ...flags])
  const itemNamed = (hostname: string) => db.from('assets').where('hostname', hostname).firstOrFail()

  test('is planned without a trace', async ({ assert }) => {
    const { exitCode, json } = await importV1('--dry-run', '--json')

    assert.equal(exitCode, 2)
    assert.containsSubset(json, { dry_run: true, items: { created: 456, deleted: 1 }, runs: { created: 3 } })
    for (const table of ['assets', 'change_sets', 'users', 'sync_runs', 'pins']) {
      assert.lengthOf(await db.from(table), 0, table)
    }
  })

  test('is imported completely, and a second time without a change', async ({ assert }) => {
    const first = await importV1('--json')
    const second = await importV1('--json')

    assert.deepEqual(first.json.items, { created: 456, deleted: 1, known: 0 })
    assert.deepEqual(first.json.users, { created: ['superadmin', 'admin1'], known: 0 })
    assert.containsSubset(second.json, {
      changeSetId: null,
      items: { created: 0, deleted: 0, known: 456 },
      users: { created: [], known: 2 },
      runs: { created: 0, known: 3 },
      adjustments: [],
    })
    assert.lengthOf(await db.from('assets').where('is_active', true), 455)
    assert.deepEqual(await new VerifyInventory().handle(), { checked: 455, discrepancies: [] })
  })

  test('keeps every value that somebody typed', async ({ assert }) => {
    await importV1()

    assert.containsSubset(await itemNamed('LAB-LAPTOP-001'), {
      asset_type: 'Laptop',
      serial_number: 'SN-LAP-1',
      mac_address: '001b213c4d01',
      asset_tag: 'LAB-001',
      room: '2265',
      sub_location: 'desk 4',
      notes: 'Ana’s\nspare',
      source: 'manual',
    })
    assert.containsSubset(await itemNamed('LAB-TV-001'), { asset_type: 'Smart TV', room: '2299' })
  })

  test('moves into the notes what has no place in its field', async ({ assert }) => {
    const { json } = await importV1('--json')

    const odd = await itemNamed('odd')
    const twin = await itemNamed('twin')
    assert.isNull(odd.ip_address)
    assert.equal(odd.notes, 'LAIM 1.0: mac_address unknown\nLAIM 1.0: ip_address 999.1.1.1')
    assert.isNull(twin.serial_number)
    assert.equal(twin.notes, 'LAIM 1.0: serial_number sn-lap-1')
    assert.sameMembers(
      json.adjustments.map((one: { hostname: string; field: string }) => `${one.hostname} ${one.field}`),
      ['odd mac_address', 'odd ip_address', 'twin serial_number']
    )
  })

  test('lets a source have its say about what 1.0 had synced, and not about what people typed', async ({ assert }) => {
    await importV1()
    await world.current.reads('alpha', [
      { id: '42', hostname: 'core-sw-1.example.org', serial: 'FOC0001', firmware: '17.9', ip: '192.0.2.9' },
      { id: '43', hostname: 'renamed', serial: 'SN-LAP-1', firmware: '1' },
    ])

    const [change] = await db.from('changes').where('reason', 'like', 'LAIM 1.0 item 3:%')
    const synced = await db.from('assets').where('id', change.asset_id).firstOrFail()
    assert.containsSubset(synced, {
      hostname: 'core-sw-1.example.org',
      firmware_version: '17.9',
      ip_address: '192.0.2.9',
      model: 'C9300',
      asset_tag: 'NET-1',
      source: 'merged',
    })
    assert.include(change.reason, 'merged, its id there 42, synced 2026-10-01T06:00:00.000Z')
    const typed = await itemNamed('LAB-LAPTOP-001')
    assert.containsSubset(typed, { hostname: 'LAB-LAPTOP-001', firmware_version: '1' })
  })

  test('makes no identity of the address that 1.0 took from a port', async ({ assert }) => {
    await importV1()
    await world.current.reads('alpha', [{ id: '7', hostname: 'station', base: '00:1b:21:3c:4d:99' }])

    const station = await itemNamed('station')
    const core = await itemNamed('core-sw-1')
    assert.notEqual(station.id, core.id)
    assert.isNull(core.mac_address)
  })

  test('brings accounts that nobody can use before a superuser sets a password', async ({ assert }) => {
    await importV1()

    const users = await db.from('users').orderBy('id')
    assert.deepEqual(
      users.map((user) => [user.username, user.role, Boolean(user.is_active)]),
      [
        ['superadmin', 'superuser', false],
        ['admin1', 'admin', false],
      ]
    )
    assert.notInclude(users[0].password, '$2b$')
    assert.isFalse(await hash.use().verify(users[0].password, 'SuperAdmin123!'))
  })

  test('brings the sync history', async ({ assert }) => {
    await importV1()

    const runs = await new ListRuns().handle({ limit: 10 })
    assert.deepEqual(
      runs.map(({ status, created, errors }) => [status, created, errors]),
      [
        ['failed', 0, ['LAIM 1.0 did not complete it']],
        ['failed', 0, ['no answer']],
        ['completed', 3, []],
      ]
    )
  })

  test('is left alone where a person went on, and can be taken back', async ({ assert }) => {
    const { json } = await importV1('--json')
    const laptop = await itemNamed('LAB-LAPTOP-001')
    await new EditAsset().handle(laptop.id, { notes: 'mine' }, PERSON)

    await importV1()
    const edited = await itemNamed('LAB-LAPTOP-001')
    await new UndoChangeSet().handle(json.changeSetId, PERSON)

    assert.equal(edited.notes, 'mine')
    assert.isBelow((await db.from('assets').where('is_active', true)).length, 5)
  })

  test('is told from other databases', async ({ assert }) => {
    const other = await postgres.create()

    const { exitCode, lines } = await runCommand(InventoryImportV1, [other])
    const wrong = await runCommand(InventoryImportV1, ['mysql://root@db/laim'])

    assert.equal(exitCode, 1)
    assert.include(lines.join('\n'), 'no database of LAIM 1.0')
    assert.equal(wrong.exitCode, 3)
  })

  test('is named when it does not answer, without its password', async ({ assert }) => {
    const { exitCode, lines } = await runCommand(InventoryImportV1, ['postgres://laim:hush@127.0.0.1:1/laim'])

    assert.equal(exitCode, 1)
    assert.match(lines.join('\n'), /the database 127\.0\.0\.1:1 does not answer: /)
    assert.notInclude(lines.join('\n'), 'hush')
  })
})
