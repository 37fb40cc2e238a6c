import type { Normalizers, Observation } from '@laim/sdk'
import type { ExampleDevice } from './client.js'

/** A device as an observation; null when it has no id by which it could be known again. */
export function toObservation(device: ExampleDevice, normalize: Normalizers): Observation | null {
  if (typeof device.id !== 'number') {
    return null
  }
  const serial = normalize.serial(device.serial)
  return {
    nativeId: String(device.id),
    identifiers: serial ? [{ kind: 'serial', value: serial, role: 'chassis' }] : [],
    claims: {
      hostname: normalize.hostname(device.name) ?? undefined,
      serialNumber: serial ?? undefined,
      model: normalize.text(device.model),
    },
  }
}
