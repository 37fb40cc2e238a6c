import testUtils from '@adonisjs/core/services/test_utils'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { addNames } from '#tests/helpers/lists'

const ITEMS = 60

const serialOf = (index: number) => `${(index * 7919 + 104_729).toString(36)}QZ${index}`.toUpperCase()

/** Ids of the items that a search finds. */
async function find(client: ApiClient, token: string, search: string): Promise<number[]> {
  const response = await client.get('/api/items').qs({ search }).bearerToken(token)
  response.assertStatus(200)
  return response.body().map(({ id }: { id: number }) => id)
}

test.group('What was written', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('is found by the very next search, under its new value only, and no more once deleted', async ({
    assert,
    client,
  }) => {
    const { token } = await asUser('admin')

    for (let index = 0; index < ITEMS; index++) {
      const [serial, renamed] = [serialOf(index), `moved-${index}-${serialOf(index + ITEMS).toLowerCase()}`]
      const created = await client
        .post('/api/items')
        .bearerToken(token)
        .json({ hostname: `bench-${serial.toLowerCase()}`, item_type: 'Switch', serial_number: serial })
      created.assertStatus(201)
      const { id } = created.body()
      assert.deepEqual(await find(client, token, serial.slice(1)), [id])

      const changed = await client.patch(`/api/items/${id}`).bearerToken(token).json({ hostname: renamed })
      changed.assertStatus(200)
      assert.deepEqual(await find(client, token, renamed.slice(2)), [id])
      assert.deepEqual(await find(client, token, `bench-${serial.toLowerCase()}`), [])

      if (index % 3 === 0) {
        const deleted = await client.delete(`/api/items/${id}`).bearerToken(token)
        deleted.assertStatus(204)
        assert.deepEqual(await find(client, token, serial), [])
      }
    }
  })
})
