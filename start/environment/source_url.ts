import { BlockList, isIP } from 'node:net'

/**
 * Addresses at which machines serve their own credentials and settings. No
 * source lives there; private and loopback addresses are fine, labs do.
 */
const REFUSED = new BlockList()
REFUSED.addSubnet('169.254.0.0', 16, 'ipv4')
REFUSED.addSubnet('0.0.0.0', 8, 'ipv4')
REFUSED.addSubnet('fe80::', 10, 'ipv6')
REFUSED.addAddress('::', 'ipv6')
REFUSED.addAddress('100.100.100.200', 'ipv4')
REFUSED.addAddress('fd00:ec2::254', 'ipv6')

const REFUSED_NAMES = new Set(['metadata', 'metadata.google.internal', 'instance-data'])

/** Why the URL of a source cannot be used, as the end of a sentence; null when it can. */
export function refusalOfSourceUrl(value: string): string | null {
  if (!URL.canParse(value)) {
    return 'is not a URL'
  }
  const { protocol, hostname, username, password } = new URL(value)
  if (protocol !== 'http:' && protocol !== 'https:') {
    return 'must begin with http:// or https://'
  }
  if (username || password) {
    return 'must not contain a user name or password'
  }
  return isRefusedHost(hostname) ? 'names a link-local or metadata address' : null
}

function isRefusedHost(hostname: string) {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const family = isIP(host)
  if (family === 0) {
    return REFUSED_NAMES.has(host.replace(/\.$/, ''))
  }
  return REFUSED.check(host, family === 6 ? 'ipv6' : 'ipv4')
}

/** URL of a source's API; undefined when the source is not configured. */
export function sourceUrl(name: string, value?: string): string | undefined {
  const refusal = value === undefined ? null : refusalOfSourceUrl(value)
  if (refusal) {
    throw new Error(`${name} ${refusal}. Example: ${name}=https://source.example.org`)
  }
  return value
}
