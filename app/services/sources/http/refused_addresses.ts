import { BlockList, isIP } from 'node:net'

/** Where machines hand out their own credentials and settings. No source lives there. */
const REFUSED = new BlockList()
REFUSED.addSubnet('0.0.0.0', 8, 'ipv4')
REFUSED.addSubnet('169.254.0.0', 16, 'ipv4')
REFUSED.addAddress('100.100.100.200', 'ipv4')
REFUSED.addAddress('168.63.129.16', 'ipv4')
REFUSED.addSubnet('fe80::', 10, 'ipv6')
REFUSED.addAddress('::', 'ipv6')
REFUSED.addAddress('fd00:ec2::254', 'ipv6')
// 169.254.0.0/16 behind NAT64, by 6to4, and in the two old ways of writing IPv4 as IPv6.
REFUSED.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')
REFUSED.addSubnet('2002:a9fe::', 32, 'ipv6')
REFUSED.addSubnet('::a9fe:0', 112, 'ipv6')
REFUSED.addSubnet('::ffff:0:a9fe:0', 112, 'ipv6')

const REFUSED_NAMES = new Set(['metadata', 'metadata.google.internal', 'instance-data'])

/**
 * True for link-local and metadata addresses and names. Loopback and private ranges are fine: labs live there.
 * Brackets of IPv6 and IPv4 inside IPv6 are understood.
 */
export function isRefusedHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  const family = isIP(bare)
  if (family === 0) {
    return REFUSED_NAMES.has(bare.replace(/\.$/, ''))
  }
  return REFUSED.check(bare, family === 6 ? 'ipv6' : 'ipv4')
}
