import { test } from '@japa/runner'
import { publicUrl } from '#start/environment/address'

test.group('APP_URL', () => {
  test('is the address of a host, or of a plain path on it, without a slash at the end', ({ assert }) => {
    for (const [typed, address] of [
      ['https://laim.example.org/', 'https://laim.example.org'],
      ['http://10.0.0.5:8000', 'http://10.0.0.5:8000'],
      ['https://tools.example.org/laim', 'https://tools.example.org/laim'],
      ['https://tools.example.org/lab/laim-2/', 'https://tools.example.org/lab/laim-2'],
    ] as const) {
      assert.equal(publicUrl('APP_URL', typed), address)
    }
    for (const value of [
      'laim',
      'ftp://laim',
      'https://example.org/?x',
      'https://example.org/#x',
      'https://example.org/la im',
      'https://example.org//laim',
      'https://example.org/laim"',
    ]) {
      assert.throws(
        () => publicUrl('APP_URL', value),
        /^APP_URL must .* Example: APP_URL=https:\/\/laim\.example\.org$/
      )
    }
  })
})
