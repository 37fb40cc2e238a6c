import { isIP } from 'node:net'

const EXAMPLE = 'Example: LAIM_EXCLUDE_IPS=192.0.2.1,10.20.,198.51.100.0/24'

/**
 * Reads the comma list of addresses (`192.0.2.1`), prefixes (`10.20.`) and
 * CIDR blocks (`198.51.100.0/24`, `2001:db8::/32`) that are never imported.
 */
export function excludedAddresses(name: string, value?: string): string[] {
  const entries = (value ?? '').split(',').map((entry) => entry.trim())

  return entries.filter(Boolean).map((entry) => {
    if (!isAddress(entry) && !isPrefix(entry) && !isBlock(entry)) {
      throw new Error(`${name}: "${entry}" is no address, prefix or CIDR block. ${EXAMPLE}`)
    }
    return entry
  })
}

function isAddress(entry: string) {
  return isIP(entry) !== 0
}

/** One to three octets, as `10.`, `10.20` or `10.20.30.`; or leading groups of IPv6, as `2001:db8:`. */
function isPrefix(entry: string) {
  const octets = entry.replace(/\.$/, '').split('.')
  const isIpv4 = octets.length <= 3 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255)
  return isIpv4 || /^([0-9a-f]{1,4}:){1,7}:?$/i.test(entry)
}

function isBlock(entry: string) {
  const [address = '', length = '', ...rest] = entry.split('/')
  const bits = isIP(address) === 6 ? 128 : 32
  return rest.length === 0 && isAddress(address) && /^\d{1,3}$/.test(length) && Number(length) <= bits
}
