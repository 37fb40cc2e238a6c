import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { addNames } from '#tests/helpers/lists'

/** What dialogs, sheets and chats put around a text that is copied out of them. */
const MARKS: [what: string, before: string, after: string][] = [
  ['marks of direction', '\u200e', '\u202c'],
  ['a byte order mark', '\ufeff', ''],
  ['zero-width spaces', '', '\u200b'],
]

test.group('What people paste', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  for (const [what, before, after] of MARKS) {
    test(`is the same with ${what} that nobody sees`, async ({ assert, client }) => {
      const { token } = await asUser('admin')
      const paste = (text: string) => `${before}${text}${after}`
      const typed = {
        hostname: 'lab-sw-014',
        serial_number: 'FOC2140X0QK',
        mac_address: '00:1B:21:3C:4D:5E',
        asset_tag: 'LAB-0017',
        ip_address: '192.0.2.14',
      }
      const pasted = Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, paste(text)]))

      const added = await client
        .post('/api/items')
        .bearerToken(token)
        .json({ ...pasted, item_type: 'Switch' })
      assert.containsSubset(added.body(), typed)

      for (const text of Object.values(typed)) {
        const found = await client
          .get('/api/items')
          .bearerToken(token)
          .qs({ search: paste(text) })
        assert.lengthOf(found.body(), 1, text)
      }
    })
  }
})
