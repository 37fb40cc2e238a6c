import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { insertAssets } from '#tests/helpers/asset_factory'
import { probeApi, readPrey } from '#tests/helpers/injection/probe_api'
import { addNames } from '#tests/helpers/lists'

test.group('SQL injection, thoroughly', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('S7: is in no input of the API, with any quotes and brackets around', async ({ assert, client }) => {
    await insertAssets([{ hostname: 'one' }, { hostname: 'two' }, { hostname: 'three' }])

    assert.deepEqual(await probeApi(client, true), [])
    assert.deepEqual(await readPrey(), { superusers: 1, rooms: 2 })
  })
})
