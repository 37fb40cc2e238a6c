import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { insertAssets } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'
import { countStatements } from '#tests/helpers/statement_counter'

/** Paths that scripts read often, and how many statements each may ask, the look-up of the token included. */
const READS = [
  ['/api/me', 1],
  ['/api/items/ID', 2],
  ['/api/items?limit=10', 3],
  ['/api/items?limit=200', 3],
  ['/api/items?search=lab-1&sort=-serial_number', 3],
  ['/api/items/ID/history', 3],
  ['/api/changes', 3],
  ['/api/changes/CHANGE', 2],
  ['/api/stats', 3],
  ['/api/item-types', 2],
  ['/api/rooms', 2],
  ['/api/tokens', 2],
  ['/api/sources', 3],
  ['/api/sync/history', 3],
  ['/api/audit', 3],
  ['/api/users', 3],
] as const

test.group('Statements of the API', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  for (const [path, most] of READS) {
    test(`at most ${most} for GET ${path}`, async ({ assert, client }) => {
      await addNames()
      const assets = await insertAssets(
        Array.from({ length: 250 }, (_, index) => ({ hostname: `lab-${index}`, assetType: 'Switch', room: '2265' }))
      )
      const { token } = await asUser('superuser')
      const changed = await client.patch(`/api/items/${assets[0]!.id}`).bearerToken(token).json({ notes: 'seen' })
      const address = path.replace('ID', String(assets[0]!.id)).replace('CHANGE', changed.header('x-change-id')!)
      const read = () => client.get(address).bearerToken(token)
      await read() // The first use of a token in a minute is written down.

      const statements = await countStatements(async () => (await read()).assertStatus(200))

      assert.isAtMost(statements.length, most, statements.join('\n'))
    })
  }
})
