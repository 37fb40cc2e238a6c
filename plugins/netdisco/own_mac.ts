import type { Normalizers } from '@laim/sdk'
import type { DeviceRow, PortRow } from './schema.js'

/** Prefixes of addresses that routers share: VRRP, HSRP 1 and 2, GLBP, HSRP for IPv6. */
const SHARED_PREFIXES = ['00005e0001', '00005e0002', '00000c07ac', '00000c9ff', '0007b400', '000573a0']

/** ifType names of ports that are made of hardware, old spellings included. */
const PHYSICAL_TYPES = new Set([
  'ethernetCsmacd',
  'ethernet-csmacd',
  'iso88023Csmacd',
  'gigabitEthernet',
  'fastEther',
  'fastEtherFX',
  'ieee80211',
])

/** Evidence beyond this many ports adds nothing. */
const MAX_PORT_MACS = 256

/**
 * The device's own address: universal and not shared with another router. Null when Netdisco has none,
 * which happens where interface 1 is a loopback: SNMP::Info then reports that one's.
 */
export function findBaseMac(device: DeviceRow, normalize: Normalizers): string | null {
  const mac = normalize.mac(device.mac)
  return mac && !isShared(mac) && !isLocallyAdministered(mac) ? mac : null
}

/** An address somebody assigned: worth showing when there is no better one, and no proof of identity. */
export function findAssignedMac(device: DeviceRow, normalize: Normalizers): string | null {
  const mac = normalize.mac(device.mac)
  return mac && !isShared(mac) && isLocallyAdministered(mac) ? mac : null
}

/** Addresses of the physical ports, distinct and ascending, so that the first is the same at every reading. */
export function findPortMacs(ports: readonly PortRow[], normalize: Normalizers): string[] {
  const macs = new Set<string>()
  for (const port of ports) {
    const mac = PHYSICAL_TYPES.has(port.type ?? '') ? normalize.mac(port.mac) : null
    if (mac && !isShared(mac) && !isLocallyAdministered(mac)) macs.add(mac)
  }
  return [...macs].sort().slice(0, MAX_PORT_MACS)
}

function isShared(mac: string): boolean {
  const digits = toDigits(mac)
  return SHARED_PREFIXES.some((prefix) => digits.startsWith(prefix))
}

function isLocallyAdministered(mac: string): boolean {
  return (Number.parseInt(toDigits(mac).slice(0, 2), 16) & 2) !== 0
}

function toDigits(mac: string): string {
  return mac.replaceAll(/[^0-9a-f]/gi, '').toLowerCase()
}
