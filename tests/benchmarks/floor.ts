import { isRejection, normalizeObservation } from '#core/reconcile/normalize_observation'
import { deviceAt, type Estate } from './devices.js'

/**
 * The least that a reading without news takes: make the devices, bring them into canonical form, hash them, and compare
 * the hashes with those that are stored.
 *
 * @throws when a device is not stored as it is, which would make the comparison with the engine unfair.
 */
export async function compareDevices(estate: Estate, storedHashes: () => Promise<Map<string, string>>): Promise<void> {
  const hashes = await storedHashes()
  for (let index = 0; index < estate.devices; index++) {
    const normal = normalizeObservation(deviceAt(index, estate), 1)
    if (isRejection(normal) || hashes.get(normal.nativeId) !== normal.contentHash) {
      throw new Error(`Device ${index} is not stored as it is`)
    }
  }
}
