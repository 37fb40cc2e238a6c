import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { CreateAsset } from '#services/inventory/create_asset'
import { PERSON } from '#tests/helpers/decide'
import { body } from './peers.js'
import { eachWithPeers } from './peers_world.js'

const LAPTOP = '3c528212aabb'

test.group('What hangs on a switch', (group) => {
  const world = eachWithPeers(group)

  test('26: the address of a laptop behind a port never names the switch, and the laptop stays as it was', async ({
    assert,
  }) => {
    const typed = { hostname: 'laptop', assetType: 'Laptop', macAddress: LAPTOP }
    const laptop = await new CreateAsset().handle(typed, PERSON)
    const before = await db.from('assets').where('id', laptop.assetId).firstOrFail()
    const { netdisco } = world.current.peers
    const nodes = [{ mac: '3c:52:82:12:aa:bb', port: 'Gi0/1', switch: '10.1.0.1', active: true }]
    netdisco.devices = [
      { id: 1, ip: '10.1.0.1', hostname: 'switch', serial: 'SERIAL1001', raw: { nodes } },
      { id: 2, ip: '10.1.0.2', hostname: 'no-serial', raw: { nodes } },
    ]
    netdisco.fault = ({ url }, response) =>
      url?.includes('/nodes') ? body(response, JSON.stringify(nodes)) : undefined

    for (let round = 0; round < 2; round++) {
      const run = await world.current.sync('netdisco')
      assert.equal(run.status, 'completed', run.errors.join())
    }

    assert.notInclude(netdisco.requests.join(), '/nodes')
    assert.deepEqual(await db.from('assets').where('id', laptop.assetId).firstOrFail(), before)
    assert.deepEqual(
      (await world.current.assets()).map((asset) => [asset.hostname, asset.mac_address]),
      [
        ['laptop', LAPTOP],
        ['switch', null],
        ['no-serial', null],
      ]
    )
    const known = await db.from('observation_identifiers').where('kind', 'mac')
    assert.deepEqual(known, [])
    assert.lengthOf(await db.from('reviews'), 0)
  })
})
