import { test } from '@japa/runner'
import { parseDevice } from '../schema.js'

const SECRETS = {
  community: 'canary-1',
  authname: 'canary-2',
  authpass: 'canary-3',
  cryptopass: 'canary-4',
  notes: 'canary-5',
}

test.group('LibreNMS rows', () => {
  test('keeps no column that it was not told to keep', ({ assert }) => {
    const device = parseDevice({ device_id: 1, hostname: 'sw', ...SECRETS })

    assert.notInclude(JSON.stringify(device), 'canary')
  })

  test('reads database rows and models alike', ({ assert }) => {
    const row = { device_id: 7, ip: '', status: 0, disabled: 1, snmp_disable: 0, os: 'ios' }
    const model = { device_id: 7, ip: null, status: false, disabled: true, snmp_disable: false, os: 'ios' }
    const text = { device_id: '7', ip: '', status: '0', disabled: '1', snmp_disable: '0', os: 'ios' }

    assert.deepEqual(parseDevice(row), parseDevice(model))
    assert.deepEqual(parseDevice(row), parseDevice(text))
    assert.include(parseDevice(row), { id: '7', ip: null, isUp: false, isDisabled: true })
  })

  test('takes a pinged device for what it is', ({ assert }) => {
    assert.isTrue(parseDevice({ device_id: 1, os: 'ping' })?.isPingOnly)
    assert.isTrue(parseDevice({ device_id: 1, os: 'linux', snmp_disable: 1 })?.isPingOnly)
  })

  test('refuses a row with {$self} for its id')
    .with([null, 0, -1, 1.5, '', 'abc', '1; drop', {}, undefined])
    .run(({ assert }, device_id) => {
      assert.isNull(parseDevice({ device_id, hostname: 'sw' }))
    })

  test('refuses what is no row', ({ assert }) => {
    assert.isNull(parseDevice(null))
    assert.isNull(parseDevice('text'))
    assert.isNull(parseDevice([]))
  })

  test('cuts texts that have no end', ({ assert }) => {
    const device = parseDevice({ device_id: 1, sysDescr: 'x'.repeat(100_000) })

    assert.lengthOf(device?.sysDescr ?? '', 1024)
  })
})
