import { isIPv4, isIPv6 } from 'node:net'

/** An IPv4 or IPv6 address as RFC 5952 writes it: `192.0.2.14`, `2001:db8::1`. */
export type IpAddress = string & { readonly __brand: 'IpAddress' }

const MAPPED_PREFIX = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/

/**
 * Reads an IP address. A prefix length (`/24`) and a zone (`%eth0`) are dropped; IPv4 inside IPv6 becomes IPv4.
 *
 * Returns null for whatever is not an address and for the unspecified ones (`0.0.0.0`, `::`).
 */
export function parseIpAddress(input: unknown): IpAddress | null {
  if (typeof input !== 'string' || input.length > 128) {
    return null
  }
  const text = input
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/[/%].*$/, '')

  if (isIPv4(text)) {
    return text === '0.0.0.0' ? null : (text as IpAddress)
  }
  if (!isIPv6(text)) {
    return null
  }
  const canonical = toIpv4(compress(text))
  return canonical === '::' || canonical === '0.0.0.0' ? null : (canonical as IpAddress)
}

/** True for the addresses by which a machine reaches itself. */
export function isLoopback(ip: string): boolean {
  return /^(?:127\.|::1$)/.test(ip)
}

/** True for addresses that every machine may have: loopback and link-local. No evidence of identity. */
export function isLocalIpAddress(ip: string): boolean {
  return /^(?:127\.|169\.254\.|::1$|fe[89ab][0-9a-f]:)/.test(ip)
}

/** The URL parser of the platform writes IPv6 as RFC 5952 asks. */
function compress(ipv6: string): string {
  return new URL(`http://[${ipv6}]`).hostname.slice(1, -1)
}

function toIpv4(ipv6: string): string {
  const halves = MAPPED_PREFIX.exec(ipv6)
  if (!halves) {
    return ipv6
  }
  return halves
    .slice(1)
    .map((half) => Number.parseInt(half, 16))
    .flatMap((half) => [half >> 8, half & 255])
    .join('.')
}
