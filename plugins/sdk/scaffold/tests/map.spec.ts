import { test } from '@japa/runner'
import type { Normalizers } from '@laim/sdk'
import { toObservation } from '../map.js'

/** Takes every text as it is. What LAIM's own make of junk is tested there. */
const normalize: Normalizers = {
  mac: String,
  serial: (value) => (value ? String(value) : null),
  hostname: (value) => (value ? String(value) : null),
  ip: String,
  text: (value) => (value ? String(value) : undefined),
}

test.group('An Example device', () => {
  test('is known by its id and claims what Example says of it', ({ assert }) => {
    const observation = toObservation({ id: 7, name: 'sw-7', serial: 'EXM4711X', model: 'Example 4000' }, normalize)

    assert.deepEqual(observation, {
      nativeId: '7',
      identifiers: [{ kind: 'serial', value: 'EXM4711X', role: 'chassis' }],
      claims: { hostname: 'sw-7', serialNumber: 'EXM4711X', model: 'Example 4000' },
    })
  })

  test('is nothing without an id', ({ assert }) => {
    assert.isNull(toObservation({ name: 'sw-7' }, normalize))
  })
})
