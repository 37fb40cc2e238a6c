import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { CertifySource } from '#services/sources/certify/certify_source'

test.group('Every shipped plugin', () => {
  test('keeps the whole contract', async ({ assert }) => {
    const registry = await app.container.make('laim.sources')

    assert.isNotEmpty(registry.ids())
    for (const id of registry.ids()) {
      const { checks, tier } = await new CertifySource().handle(id)
      assert.deepEqual(
        checks.filter(({ status }) => status === 'fail'),
        [],
        id
      )
      assert.equal(tier, 'gold', id)
    }
  }).timeout(300_000)
})
