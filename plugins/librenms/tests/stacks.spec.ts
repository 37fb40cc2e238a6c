import { test } from '@japa/runner'
import { normalizers } from '#services/sources/normalizers'
import { parseChassis, type ChassisRow } from '../schema.js'
import { mayBeStack, toComposition } from '../stacks.js'
import { deviceRow, ports } from './rows.js'

function rows(...entities: readonly (readonly [kind: string, serial: string, name?: string])[]): ChassisRow[] {
  return entities
    .map(([kind, serial, name]) =>
      parseChassis({ entPhysicalClass: kind, entPhysicalSerialNum: serial, entPhysicalName: name })
    )
    .filter((row) => row !== null)
}

const TWO_UNITS = ports(['Gi1/0/1', 'ethernetCsmacd', ''], ['Gi2/0/1', 'ethernetCsmacd', ''])

test.group('LibreNMS stacks', () => {
  test('asks for the inventory of "{hardware}"')
    .with([
      { hardware: 'c92xxL Stack' },
      { hardware: 'cat36xxstack' },
      { hardware: 'Aruba 6300 VSF Stack' },
      { hardware: 'Juniper Virtual Chassis Switch' },
      { hardware: 'Multi Chassis System' },
    ])
    .run(({ assert }, { hardware }) => {
      assert.isTrue(mayBeStack(deviceRow({ hardware }), ports()))
    })

  test('does not ask for the inventory of "{hardware}"')
    .with([
      { hardware: 'SuperStack 3' },
      { hardware: 'SX550X-24F 24-Port 10G SFP+ Stackable Managed Switch' },
      { hardware: 'C9300-48P' },
      { hardware: null },
    ])
    .run(({ assert }, { hardware }) => {
      assert.isFalse(mayBeStack(deviceRow({ hardware }), ports()))
    })

  test('asks when the port names of a stackable switch number two boxes', ({ assert }) => {
    assert.isTrue(mayBeStack(deviceRow({ hardware: 'C9300-48P' }), TWO_UNITS))
    assert.isTrue(mayBeStack(deviceRow({ os: 'ios', hardware: 'WS-C2960X-48FPS-L' }), TWO_UNITS))
    assert.isFalse(mayBeStack(deviceRow({ hardware: 'ASR1002-X' }), TWO_UNITS))
    assert.isFalse(mayBeStack(deviceRow({ os: 'timos', hardware: '7210 SAS-R6' }), TWO_UNITS))
  })

  test('knows no system by the names that every object has', ({ assert }) => {
    for (const os of ['constructor', 'toString', '__proto__']) {
      assert.isFalse(mayBeStack(deviceRow({ os, hardware: 'C9300-48P' }), TWO_UNITS))
    }
  })

  test('finds the members, not the row of the stack that repeats the master', ({ assert }) => {
    const { members, serial } = toComposition(
      rows(
        ['stack', 'FOC2345A1B2', 'Stack'],
        ['chassis', 'FOC2345A1B2', 'Switch 1'],
        ['chassis', 'FOC2345Z9Y8', 'Switch 2'],
        ['powerSupply', 'PSU123456', 'Power']
      ),
      normalizers
    )

    assert.deepEqual(
      members.map((member) => [member.serial, member.name]),
      [
        ['FOC2345A1B2', 'Switch 1'],
        ['FOC2345Z9Y8', 'Switch 2'],
      ]
    )
    assert.isNull(serial)
  })

  test('takes one chassis for the device itself', ({ assert }) => {
    const composition = toComposition(rows(['chassis', 'FOC2345A1B2'], ['chassis', 'N/A']), normalizers)

    assert.deepEqual(composition, { members: [], serial: 'FOC2345A1B2' })
  })

  test('takes the row of the stack when no chassis tells a serial', ({ assert }) => {
    const composition = toComposition(rows(['stack', 'FOC2345A1B2'], ['chassis', 'Unknown']), normalizers)

    assert.deepEqual(composition, { members: [], serial: 'FOC2345A1B2' })
  })

  test('learns nothing from an inventory without serials', ({ assert }) => {
    assert.deepEqual(toComposition(rows(['chassis', '']), normalizers), { members: [], serial: null })
  })

  test('does not call two members by one name', ({ assert }) => {
    const { members } = toComposition(
      rows(['chassis', 'V02Q0224', 'Chassis'], ['chassis', 'P0780231', 'Chassis']),
      normalizers
    )

    assert.deepEqual(
      members.map(({ name }) => name),
      [null, null]
    )
  })
})
