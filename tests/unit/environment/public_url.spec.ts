import { test } from '@japa/runner'
import { publicUrl } from '#start/environment/address'

test.group('APP_URL', () => {
  test('is the address of a host, without a path', ({ assert }) => {
    assert.equal(publicUrl('APP_URL', 'https://laim.example.org/'), 'https://laim.example.org')
    assert.equal(publicUrl('APP_URL', 'http://10.0.0.5:8000'), 'http://10.0.0.5:8000')
    for (const value of ['laim', 'ftp://laim', 'https://example.org/laim', 'https://example.org/?x']) {
      assert.throws(
        () => publicUrl('APP_URL', value),
        /^APP_URL must .* Example: APP_URL=https:\/\/laim\.example\.org$/
      )
    }
  })
})
