import { test } from '@japa/runner'
import { fillForFuzz, fuzzApi } from '#tests/helpers/openapi/fuzz'
import { eachWithWorldInApp } from '#tests/helpers/world_in_app'

const REQUESTS = 300

test.group('B2: Any input', (group) => {
  const world = eachWithWorldInApp(group)

  test('B2: is answered as the OpenAPI document says, and refused by field and rule', async ({ assert, client }) => {
    await fillForFuzz(world.current, client)

    const { done, refused } = await fuzzApi(client, REQUESTS, 7)

    assert.isAtLeast(done, REQUESTS / 10)
    assert.isAtLeast(refused, REQUESTS / 3)
  }).timeout(300_000)
})
