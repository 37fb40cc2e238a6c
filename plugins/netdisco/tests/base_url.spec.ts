import { test } from '@japa/runner'
import { config } from '../config.js'
import { toBaseUrl } from '../base_url.js'

test.group('Netdisco address', () => {
  test('strips what people paste after the base path: {typed}')
    .with([
      { typed: 'https://nms.example.org', base: 'https://nms.example.org' },
      { typed: ' https://nms.example.org/ ', base: 'https://nms.example.org' },
      { typed: 'https://nms.example.org/api', base: 'https://nms.example.org' },
      { typed: 'https://nms.example.org/api/v1/', base: 'https://nms.example.org' },
      { typed: 'https://nms.example.org/netdisco', base: 'https://nms.example.org/netdisco' },
      {
        typed: 'https://nms.example.org/netdisco/api/v1',
        base: 'https://nms.example.org/netdisco',
      },
      { typed: 'https://nms.example.org/t/lab/', base: 'https://nms.example.org/t/lab' },
      { typed: 'http://[2001:db8::1]:5000/?tab=x#y', base: 'http://[2001:db8::1]:5000' },
      { typed: 'https://nms.example.org/capi', base: 'https://nms.example.org/capi' },
    ])
    .run(({ assert }, { typed, base }) => {
      assert.equal(toBaseUrl(typed), base)
    })

  test('keeps the stripped address as the setting', async ({ assert }) => {
    const settings = {
      baseUrl: 'https://nms.example.org/netdisco/api/v1',
      username: 'laim',
      password: 'p:w',
    }

    const stored = await config.validator.validate(settings)

    assert.deepEqual(stored, { ...settings, baseUrl: 'https://nms.example.org/netdisco' })
  })

  test('refuses an address that is none or carries a password: {baseUrl}')
    .with([
      { baseUrl: 'nms.example.org' },
      { baseUrl: 'ftp://nms.example.org' },
      { baseUrl: 'https://laim:secret@nms.example.org' },
      { baseUrl: '' },
    ])
    .run(async ({ assert }, { baseUrl }) => {
      const settings = { baseUrl, username: 'laim', password: 'secret' }

      await assert.rejects(() => config.validator.validate(settings))
    })

  test('declares the password as its one secret, for core and for forms', ({ assert }) => {
    const schema = config.validator.toJSONSchema() as {
      properties: Record<string, { title?: string; writeOnly?: boolean }>
    }

    assert.deepEqual(config.secrets, ['password'])
    assert.isTrue(schema.properties.password?.writeOnly)
    assert.isTrue(Object.values(schema.properties).every((property) => property.title))
  })
})
