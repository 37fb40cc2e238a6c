import { BlockList, isIP } from 'node:net'
import { type NormalObservation } from './types.js'

/**
 * Addresses that are never imported, from a comma list of addresses (`10.0.0.5`), CIDR (`10.9.0.0/16`) or prefixes
 * of whole octets (`192.168.7.`).
 */
export class ExcludedAddresses {
  #blocks = new BlockList()
  #prefixes: string[] = []

  constructor(list: readonly string[]) {
    for (const entry of list) {
      const [address = '', bits] = entry.split('/')
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
      if (isIP(address) === 0) {
        this.#prefixes.push(/[.:]$/.test(entry) ? entry : `${entry}.`)
      } else if (bits === undefined) {
        this.#blocks.addAddress(address, family)
      } else {
        this.#blocks.addSubnet(address, Number(bits), family)
      }
    }
  }

  /** True when the observation's own address is excluded. */
  has(observation: Pick<NormalObservation, 'claims'>): boolean {
    const ip = observation.claims.ipAddress
    if (!ip) {
      return false
    }
    const family = isIP(ip) === 6 ? 'ipv6' : 'ipv4'
    return this.#prefixes.some((prefix) => ip.startsWith(prefix)) || this.#blocks.check(ip, family)
  }
}
