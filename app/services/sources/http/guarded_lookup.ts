import { lookup, type LookupAddress, type LookupAllOptions, type LookupOptions } from 'node:dns'
import { SourceError } from '@laim/sdk'
import { isRefusedHost } from './refused_addresses.js'

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

/** What asks the name service; that of the machine is `lookup` of Node.js. */
type Resolver = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void
) => void

/**
 * Makes what resolves a name for a socket and refuses it when any of its addresses is link-local or a metadata service.
 * What a name means can change after the URL was checked, so the socket gets the very addresses that were looked at.
 */
export function guard(resolve: Resolver) {
  return (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
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
}

export const guardedLookup = guard(lookup)

/** The fault of a name that means an address where no source lives. */
export function refusedAddress(hostname: string): SourceError {
  return new SourceError({
    kind: 'config',
    code: 'E_SOURCE_URL',
    message: `${hostname} resolves to a link-local or metadata address, which is refused`,
  })
}
