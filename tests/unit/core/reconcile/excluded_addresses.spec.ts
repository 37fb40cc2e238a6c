import { test } from '@japa/runner'
import { ExcludedAddresses } from '#core/reconcile/excluded_addresses'

const at = (ipAddress: string | null) => ({ claims: { ipAddress } })

test.group('Excluded addresses', () => {
  test('knows addresses, blocks and prefixes of whole octets, of both families', ({ assert }) => {
    const excluded = new ExcludedAddresses(['192.0.2.1', '10.20.', '10.30', '198.51.100.0/24', '2001:db8::/32'])

    const refused = ['192.0.2.1', '10.20.0.7', '10.30.1.1', '198.51.100.255', '2001:db8:1::5']
    assert.isTrue(refused.every((ip) => excluded.has(at(ip))))
    const welcome = ['192.0.2.10', '10.200.0.7', '10.3.0.1', '198.51.101.0', '2001:db9::1']
    assert.isFalse(welcome.some((ip) => excluded.has(at(ip))))
  })

  test('leaves devices without an address alone', ({ assert }) => {
    assert.isFalse(new ExcludedAddresses(['10.0.0.0/8']).has(at(null)))
    assert.isFalse(new ExcludedAddresses([]).has(at('10.0.0.1')))
  })
})
