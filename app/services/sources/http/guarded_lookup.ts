import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { SourceError } from '@laim/sdk'
import { isRefusedHost } from './refused_addresses.js'

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

/**
 * Resolves a name for a socket and refuses it when any of its addresses is link-local or a metadata service: what a
 * name means can change after the URL was checked.
 */
export function guardedLookup(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      return callback(error, [])
    }
    if (addresses.some(({ address }) => isRefusedHost(address))) {
      return callback(refusedAddress(hostname), [])
    }
    if (options.all) {
      return callback(null, addresses)
    }
    const [first] = addresses
    callback(null, first?.address ?? '', first?.family ?? 4)
  })
}

/** The fault of a name that means an address where no source lives. */
export function refusedAddress(hostname: string): SourceError {
  return new SourceError({
    kind: 'config',
    code: 'E_SOURCE_URL',
    message: `${hostname} resolves to a link-local or metadata address, which is refused`,
  })
}
