import type { DeviceRow } from './schema.js'
import { MAKER_OF_ENTERPRISE } from './makers_by_number.js'
import { MAKER_OF_OS } from './makers_by_os.js'
import { MAKER_OF_WORD } from './makers_by_word.js'

// Maps, because the keys that are looked up come from devices: `constructor` must find nothing.
const makerOfOs = new Map(Object.entries(MAKER_OF_OS))
const makerOfEnterprise = new Map(Object.entries(MAKER_OF_ENTERPRISE))
const ENTERPRISE = /^\.?1\.3\.6\.1\.4\.1\.(\d+)/

/**
 * Who made the box, which no column of LibreNMS says: by its operating system where that names one maker, by how its hardware text begins (a server
 * runs anybody's system), then by the enterprise number of its sysObjectID. Undefined when nothing tells.
 */
export function findVendor({ os, hardware, sysObjectId }: DeviceRow): string | undefined {
  const enterprise = ENTERPRISE.exec(sysObjectId ?? '')?.[1] ?? ''
  return makerOfOs.get(os ?? '') ?? makerOf(hardware) ?? makerOfEnterprise.get(enterprise)
}

/** The maker that a text names at its start: `Dell Inc. PowerEdge R640`, `ProLiant DL360 Gen10`. */
export function makerOf(text: string | null): string | undefined {
  return MAKER_OF_WORD.find(([start]) => start.test(text ?? ''))?.[1]
}
