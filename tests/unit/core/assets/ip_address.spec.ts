import { test } from '@japa/runner'
import { isLocalIpAddress, parseIpAddress } from '#core/assets/ip_address'

test.group('IP address', () => {
  test('reads {given} as {canonical}')
    .with([
      { given: ' 192.0.2.14 ', canonical: '192.0.2.14' },
      { given: '192.0.2.14/24', canonical: '192.0.2.14' },
      { given: '2001:DB8:0:0:0:0:0:1', canonical: '2001:db8::1' },
      { given: '[2001:db8::1]', canonical: '2001:db8::1' },
      { given: 'fe80::1%eth0', canonical: 'fe80::1' },
      { given: '::ffff:192.0.2.14', canonical: '192.0.2.14' },
      { given: '127.0.0.1', canonical: '127.0.0.1' },
    ])
    .run(({ assert }, { given, canonical }) => {
      assert.equal(parseIpAddress(given), canonical)
    })

  test('takes {0} for no address')
    .with(['', '0.0.0.0', '::', '256.1.1.1', '1.2.3', '01.2.3.4', 'sw1', 3232235521, null, {}, 'a'.repeat(10_000)])
    .run(({ assert }, input) => {
      assert.isNull(parseIpAddress(input))
    })

  test('knows the addresses that every machine may have', ({ assert }) => {
    for (const ip of ['127.0.0.1', '169.254.7.7', '::1', 'fe80::1']) assert.isTrue(isLocalIpAddress(ip))
    for (const ip of ['192.0.2.14', '10.0.0.1', '2001:db8::1']) assert.isFalse(isLocalIpAddress(ip))
  })
})
