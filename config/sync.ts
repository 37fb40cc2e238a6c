import env from '#start/env'

/** What of the sources is never imported: addresses, prefixes and CIDR blocks. */
export default {
  excludedAddresses: env.get('LAIM_EXCLUDE_IPS'),
}
