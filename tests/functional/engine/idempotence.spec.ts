import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'
import { countStatements } from '#tests/helpers/statement_counter'

/** Thirty devices with what devices have: twins, junk, ports, members, nameless ones. */
const DEVICES: Device[] = Array.from({ length: 30 }, (_, index) => ({
  id: String(index),
  hostname: index % 7 === 0 ? null : `host-${index}.lab`,
  serial: index % 5 === 0 ? 'N/A' : `SERIAL${1000 + index}`,
  macs: index % 3 === 0 ? [] : [`00:1b:21:00:${index.toString(16).padStart(2, '0')}:01`],
  ip: `10.1.0.${index + 1}`,
  model: `Model ${index % 4}`,
  ...(index > 25 ? { partOf: '3' } : {}),
}))

test.group('The same again', (group) => {
  const world = eachWithWorld(group)

  test('39: a second run on identical data stages, changes and writes nothing', async ({ assert }) => {
    await world.current.reads('alpha', DEVICES, { pageSize: 10 })
    const before = await db.from('assets').orderBy('id')
    const statements = await countStatements(async () => {
      const run = await world.current.sync('alpha')
      assert.deepEqual([run.created, run.updated, run.skipped], [0, 0, 26])
    })

    assert.deepEqual(await db.from('assets').orderBy('id'), before)
    assert.lengthOf(await db.from('change_sets'), 1)
    assert.isFalse(
      statements.some((sql) => /^(insert into|update|delete from) (assets|observations|changes)\b/.test(sql))
    )
  })

  test('39: a page of unchanged records costs three statements', async ({ assert }) => {
    await world.current.reads('alpha', DEVICES)
    world.current.says('alpha', DEVICES, { pageSize: 10 })
    const three = await countStatements(() => world.current.sync('alpha'))
    world.current.says('alpha', DEVICES)
    const one = await countStatements(() => world.current.sync('alpha'))

    const work = (statements: string[]) => statements.filter((sql) => !/^(begin|commit|savepoint|release)/i.test(sql))
    assert.equal((work(three).length - work(one).length) / 2, 3)
  })

  test('39: nor does a run of all sources', async ({ assert }) => {
    world.current.says('alpha', DEVICES)
    world.current.says(
      'beta',
      DEVICES.map((device) => ({ ...device, id: `10.0.0.${device.id}`, hostname: 'other' }))
    )
    await world.current.sync('all')

    const run = await world.current.sync('all')

    assert.deepEqual([run.created, run.updated], [0, 0])
  })

  for (const pageSize of [1, 7, 1000]) {
    test(`40: pages of ${pageSize} in another order give the same inventory`, async ({ assert }) => {
      await world.current.reads('alpha', DEVICES)
      const expected = await inventory()
      await db.rawQuery('delete from changes')
      await emptyInventory()

      const shuffled = [...DEVICES].sort((a, b) => Number(b.id) * 7 - Number(a.id) * 7 || 0)
      await world.current.reads(
        'alpha',
        shuffled.reverse().sort((a, b) => ((Number(a.id) * 13) % 30) - ((Number(b.id) * 13) % 30)),
        { pageSize }
      )

      assert.deepEqual(await inventory(), expected)
    })
  }
})

async function inventory() {
  const rows = await db
    .from('assets')
    .select(
      'hostname',
      'serial_number',
      'mac_address',
      'ip_address',
      'model',
      'source',
      'source_ref',
      'presence',
      'search'
    )
    .orderBy('source_ref')
  const identifiers = await db
    .from('asset_identifiers')
    .join('assets', 'assets.id', 'asset_identifiers.asset_id')
    .select('source_ref', 'kind', 'value', 'strength')
    .orderBy(['source_ref', 'kind', 'value'])
  return { rows, identifiers }
}

async function emptyInventory() {
  for (const table of [
    'asset_identifiers',
    'observation_identifiers',
    'reviews',
    'source_records',
    'observations',
    'assets',
  ]) {
    if (table === 'source_records') {
      await db.from('observations').delete()
    }
    await db.from(table).delete()
  }
}
