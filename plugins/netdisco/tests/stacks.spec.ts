import { test } from '@japa/runner'
import { parseInventoryRow, type ChassisRow } from '../schema.js'
import { ChassisIndex, mayBeStack, toComposition } from '../stacks.js'
import { fixtureDevice, readFixture } from './fixtures.js'
import { normalizers as normalize } from '#services/sources/normalizers'

const report = readFixture('device_inventory')
  .map(parseInventoryRow)
  .filter((row) => row !== null)

function compositionOf(ip: string, rows: readonly ChassisRow[] = report) {
  return toComposition(new ChassisIndex(rows).chassisOf(fixtureDevice(ip)), normalize)
}

test.group('Netdisco stacks', () => {
  test('splits a device of three chassis into its members', ({ assert }) => {
    const { isStack, members } = compositionOf('192.0.2.21')

    assert.isTrue(isStack)
    assert.deepEqual(
      members.map((member) => [member.serial, member.name, member.model]),
      [
        ['FCW2233L0AA', 'Switch 1', 'C9300-24T'],
        ['FCW2234L0BB', 'Switch 2', 'C9300-24T'],
        ['FCW2235L0CC', 'Switch 3', 'C9300-24T'],
      ]
    )
  })

  test('splits a virtual chassis whose members have the model of the device', ({ assert }) => {
    const { isStack, members } = compositionOf('192.0.2.22')

    assert.isTrue(isStack)
    assert.lengthOf(members, 2)
  })

  test('leaves a device of one chassis whole', ({ assert }) => {
    assert.deepEqual(compositionOf('192.0.2.11'), { isStack: false, members: [] })
  })

  test('keeps the serial of a switch that has fabric extenders, and lists those', ({ assert }) => {
    const { isStack, members } = compositionOf('192.0.2.23')

    assert.isFalse(isStack)
    assert.deepEqual(
      members.map((member) => [member.serial, member.relation]),
      [
        ['SSI144208FX', 'module'],
        ['SSI144208FY', 'module'],
      ]
    )
  })

  test('does not count a serial twice, nor one that is none', ({ assert }) => {
    const rows = ['FOC1947S2LM', 'foc1947s2lm', 'N/A', '', null].map((serial) => ({
      ip: '192.0.2.11',
      deviceName: 'sw-a1',
      details: null,
      model: null,
      serial,
    }))

    assert.deepEqual(compositionOf('192.0.2.11', rows), { isStack: false, members: [] })
  })

  test('finds the same members when the report hangs them on another address', ({ assert }) => {
    const moved = report.map((row) => (row.serial === 'FCW2233L0AA' ? row : { ...row, ip: '198.51.100.7' }))

    assert.deepEqual(compositionOf('192.0.2.21', moved), compositionOf('192.0.2.21'))
  })

  test('gives the same members whatever the order of the report', ({ assert }) => {
    assert.deepEqual(compositionOf('192.0.2.21', report.toReversed()), compositionOf('192.0.2.21'))
  })

  test('suspects a stack where the row names more serials than the two of the device', ({ assert }) => {
    assert.isTrue(mayBeStack(fixtureDevice('192.0.2.21'), normalize))
    assert.isFalse(mayBeStack(fixtureDevice('192.0.2.11'), normalize))
    assert.isFalse(mayBeStack(fixtureDevice('2001:db8:5::9'), normalize))
  })
})
