import { Secret } from '@adonisjs/core/helpers'
import { test } from '@japa/runner'
import { config } from '../config.js'

const TOKEN = 'abcdef0123456789'

test.group('LibreNMS settings', () => {
  test('reads {typed} as {expected}')
    .with([
      { typed: 'https://nms.example.org', expected: 'https://nms.example.org' },
      { typed: 'https://nms.example.org/', expected: 'https://nms.example.org' },
      { typed: 'https://nms.example.org/api/v0/', expected: 'https://nms.example.org' },
      { typed: 'https://nms.example.org/api/v1', expected: 'https://nms.example.org' },
      { typed: 'http://10.0.0.5:8080/librenms/api/v0', expected: 'http://10.0.0.5:8080/librenms' },
      { typed: ' http://localhost/librenms ', expected: 'http://localhost/librenms' },
    ])
    .run(async ({ assert }, { typed, expected }) => {
      const settings = await config.validator.validate({ baseUrl: typed, token: TOKEN })

      assert.equal(settings.baseUrl, expected)
      assert.equal(config.fingerprint({ baseUrl: expected, token: new Secret(TOKEN) }), expected)
    })

  test('refuses {typed} as an address')
    .with([{ typed: 'nms.example.org' }, { typed: 'ftp://nms' }, { typed: 'https://a:b@nms' }, { typed: '' }])
    .run(async ({ assert }, { typed }) => {
      const [error] = await config.validator.tryValidate({ baseUrl: typed, token: TOKEN })

      assert.equal(error?.messages[0]?.field, 'baseUrl')
    })

  test('keeps the token secret and out of the fingerprint', ({ assert }) => {
    assert.deepEqual(config.secrets, ['token'])
    assert.equal(config.env?.token, 'LIBRENMS_API_TOKEN')
  })
})
