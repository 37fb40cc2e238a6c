import { test } from '@japa/runner'
import { trustedProxies } from '#start/environment/trusted_proxies'

test.group('TRUST_PROXY', () => {
  test('believes nobody by default', ({ assert }) => {
    assert.isFalse(trustedProxies('TRUST_PROXY')('127.0.0.1', 0))
  })

  test('true believes the machine that is connected, and not what that one says of another', ({ assert }) => {
    const trust = trustedProxies('TRUST_PROXY', 'true')

    assert.isTrue(trust('203.0.113.9', 0))
    assert.isFalse(trust('203.0.113.9', 1))
  })

  test('a list believes its addresses and blocks, at any hop and in either notation', ({ assert }) => {
    const trust = trustedProxies('TRUST_PROXY', '127.0.0.1, 10.1.0.0/16, 2001:db8::/32')

    for (const address of ['127.0.0.1', '10.1.255.254', '2001:db8::7', '::ffff:10.1.2.3']) {
      assert.isTrue(trust(address, 1), address)
    }
    for (const address of ['127.0.0.2', '10.2.0.1', '2001:db9::1', '::ffff:10.2.0.1']) {
      assert.isFalse(trust(address, 0), address)
    }
  })

  test('refuses what is neither, with an example', ({ assert }) => {
    for (const value of ['maybe', '10.0.0.0/33', '10.0.0.300', '10.0.0.1,', 'proxy.example.org', '10.0.0.0/8/8']) {
      assert.throws(
        () => trustedProxies('TRUST_PROXY', value),
        /^TRUST_PROXY.*TRUST_PROXY=127\.0\.0\.1,10\.0\.0\.0\/8$/
      )
    }
  })
})
