import { parseText } from './text.js'

/** A name as the source wrote it, clean and without trailing dots; at most 253 characters. */
export type Hostname = string & { readonly __brand: 'Hostname' }

/** Longest name of the DNS (RFC 1035), and of an asset. */
export const MAX_HOSTNAME_LENGTH = 253

/** What software says when it has no name; none of them names a device. */
const NO_NAMES = new Set([
  '(none)',
  '-',
  '--',
  'localhost',
  'localhost.localdomain',
  'localhost6',
  'n/a',
  'none',
  'null',
  'undefined',
  'unknown',
])

/** Names that devices carry from the factory: fit to be shown, unfit to recognise anything by. */
const FACTORY_NAMES = new Set([
  'access-point',
  'ap',
  'default',
  'firewall',
  'gateway',
  'host',
  'hostname',
  'mikrotik',
  'openwrt',
  'printer',
  'raspberrypi',
  'router',
  'server',
  'switch',
  'sysname',
  'ubnt',
  'ubuntu',
])

/**
 * Reads a host name. Spaces and other scripts are kept: `sysName` is free text on most devices. Case is kept too;
 * compare by `toHostnameKey`.
 *
 * Returns null for nothing, for placeholders such as `(none)` and `localhost`, and for what is not text.
 */
export function parseHostname(input: unknown): Hostname | null {
  const name = parseText(input, MAX_HOSTNAME_LENGTH)?.replace(/\.+$/, '').trimEnd()
  return !name || NO_NAMES.has(name.toLowerCase()) ? null : (name as Hostname)
}

/** The form in which two names are compared: lower case, no trailing dot. */
export function toHostnameKey(name: string): string {
  return name.toLowerCase().replace(/\.+$/, '')
}

/** The part before the first dot, lower case. */
export function toShortHostname(name: string): string {
  return toHostnameKey(name).split('.', 1)[0] ?? ''
}

/** True for names that come from the factory: no evidence of identity. */
export function isFactoryHostname(name: string): boolean {
  return FACTORY_NAMES.has(toShortHostname(name))
}
