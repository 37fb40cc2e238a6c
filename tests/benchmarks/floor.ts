import { type Observation } from '@laim/sdk'
import { isRejection, normalizeObservation } from '#core/reconcile/normalize_observation'
import { pagePath, type Estate } from './devices.js'

const PAGE_SIZE = 1000

/**
 * The least that a reading without news takes: fetch the devices and parse them, bring them into canonical form, hash them,
 * and compare the hashes with those that are stored.
 *
 * @throws when a device is not stored as it is, which would make the comparison with the engine unfair.
 */
export async function compareDevices(
  url: string,
  estate: Estate,
  storedHashes: () => Promise<Map<string, string>>
): Promise<void> {
  const hashes = await storedHashes()
  for (let start = 0; start < estate.devices; start += PAGE_SIZE) {
    const response = await fetch(url + pagePath(estate, start, PAGE_SIZE))
    const { devices } = (await response.json()) as { devices: Observation[] }
    for (const device of devices) {
      const normal = normalizeObservation(device, 1)
      if (isRejection(normal) || hashes.get(normal.nativeId) !== normal.contentHash) {
        throw new Error(`Device ${device.nativeId} is not stored as it is`)
      }
    }
  }
}
