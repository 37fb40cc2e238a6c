/** A 48-bit hardware address: twelve lower-case hex digits, no separators (`001b213c4d5e`). */
export type MacAddress = string & { readonly __brand: 'MacAddress' }

/**
 * What an address can prove. `malformed`, `zero`, `broadcast` and `multicast` name nothing. `virtual` is shared
 * by the members of a redundancy group, `docker` and `local` are made up by software and repeat between machines,
 * `hypervisor` belongs to a guest. Only `physical` names a network card.
 */
export type MacKind =
  'malformed' | 'zero' | 'broadcast' | 'multicast' | 'virtual' | 'docker' | 'local' | 'hypervisor' | 'physical'

const TWELVE_HEX_DIGITS = /^[0-9a-f]{12}$/
/** What most sources send; there are many of them, and this is soon told. */
const COLON_PAIRS = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/
const SEPARATORS = /[:.\-\s]/g
/** Six groups of one or two digits: SNMP tools print `0:1b:21:3:4d:5e` without leading zeros. */
const SIX_GROUPS = /^[0-9a-f]{1,2}([:-])[0-9a-f]{1,2}(?:\1[0-9a-f]{1,2}){4}$/
/** `0011.2233.4455`, `001122-334455`, `00 11 22 …`: pairs of digits with any one separator between groups. */
const GROUPED_PAIRS = /^(?:[0-9a-f]{2})+(?:[:.\-\s](?:[0-9a-f]{2})+)*$/

/** First digits of the addresses that first-hop redundancy protocols share out. */
const VIRTUAL_PREFIXES = [
  '00005e0001', // VRRP and CARP over IPv4 (RFC 9568)
  '00005e0002', // VRRP over IPv6
  '00000c07ac', // HSRP version 1
  '00000c9ff', // HSRP version 2
  '000573a0', // HSRP over IPv6
  '0007b400', // GLBP
]

/** Docker's bridge gives containers 02:42 and their IPv4 address. */
const DOCKER_PREFIX = '0242'

/** Prefixes that hypervisors give to the cards of their guests. */
const HYPERVISOR_PREFIXES = [
  '000569', // VMware
  '000c29',
  '001c14',
  '005056',
  '001c42', // Parallels
  '00155d', // Hyper-V
  '00163e', // Xen
  '001a4a', // oVirt
  '080027', // VirtualBox
  '506b8d', // Nutanix AHV
  '525400', // QEMU and KVM
  'bc2411', // Proxmox VE
]

/**
 * Reads a MAC address in any notation: `00:1b:21:3c:4d:5e`, `00-1B-…`, `001b.213c.4d5e`, `001b213c4d5e`,
 * `0:1b:21:3c:4d:5e`.
 *
 * Returns null for whatever is not an address, and for those that name nothing: all zero, broadcast, multicast.
 */
export function parseMacAddress(input: unknown): MacAddress | null {
  const digits = toHexDigits(input)
  return digits === null || isNobody(kindOf(digits)) ? null : (digits as MacAddress)
}

/** Tells what an address in any notation can prove. */
export function classifyMac(input: unknown): MacKind {
  const digits = toHexDigits(input)
  return digits === null ? 'malformed' : kindOf(digits)
}

/** The address as people read it: `00:1B:21:3C:4D:5E`. */
export function formatMacAddress(mac: string): string {
  const pairs = [0, 2, 4, 6, 8, 10].map((start) => mac.slice(start, start + 2))
  return pairs.join(':').toUpperCase()
}

/** True when the card's own second bit says that software chose the address. */
function isLocallyAdministered(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 2) !== 0
}

function isNobody(kind: MacKind): boolean {
  return kind === 'malformed' || kind === 'zero' || kind === 'broadcast' || kind === 'multicast'
}

function kindOf(digits: string): MacKind {
  if (digits === '000000000000') return 'zero'
  if (digits === 'ffffffffffff') return 'broadcast'
  if ((Number.parseInt(digits.slice(0, 2), 16) & 1) !== 0) return 'multicast'
  if (VIRTUAL_PREFIXES.some((prefix) => digits.startsWith(prefix))) return 'virtual'
  if (HYPERVISOR_PREFIXES.some((prefix) => digits.startsWith(prefix))) return 'hypervisor'
  if (digits.startsWith(DOCKER_PREFIX)) return 'docker'
  return isLocallyAdministered(digits) ? 'local' : 'physical'
}

/** Twelve lower-case hex digits, or null. */
function toHexDigits(input: unknown): string | null {
  if (typeof input !== 'string' || input.length > 64) {
    return null
  }
  if (TWELVE_HEX_DIGITS.test(input)) {
    return input
  }
  if (COLON_PAIRS.test(input)) {
    return input.replaceAll(':', '')
  }
  const text = input.trim().toLowerCase().replace(/^0x/, '')
  const digits = text.replace(SEPARATORS, '')
  if (TWELVE_HEX_DIGITS.test(digits)) {
    return GROUPED_PAIRS.test(text) ? digits : null
  }
  if (!SIX_GROUPS.test(text)) {
    return null
  }
  return text
    .split(/[:-]/)
    .map((group) => group.padStart(2, '0'))
    .join('')
}
