import { test } from '@japa/runner'
import { isFactoryHostname, parseHostname, toHostnameKey, toShortHostname } from '#core/assets/hostname'

test.group('Host name', () => {
  test('keeps what the source wrote, without dots at the end', ({ assert }) => {
    assert.equal(parseHostname(' Lab-SW-014.lab.example. '), 'Lab-SW-014.lab.example')
    assert.equal(parseHostname('Drucker im Flur'), 'Drucker im Flur')
    assert.equal(parseHostname('x'.repeat(1_000_000))?.length, 253)
  })

  test('takes {0} for no name')
    .with(['', '.', '(none)', 'localhost', 'LOCALHOST.localdomain', 'n/a', 'unknown', null, {}, ['a'], true])
    .run(({ assert }, input) => {
      assert.isNull(parseHostname(input))
    })

  test('is compared without case, by its first part when asked', ({ assert }) => {
    assert.equal(toHostnameKey('Lab-SW.lab.example.'), 'lab-sw.lab.example')
    assert.equal(toShortHostname('Lab-SW.lab.example'), 'lab-sw')
  })

  test('knows the names of the factory', ({ assert }) => {
    assert.isTrue(isFactoryHostname('Switch'))
    assert.isTrue(isFactoryHostname('router.lab.example'))
    assert.isFalse(isFactoryHostname('switch-14'))
  })
})
