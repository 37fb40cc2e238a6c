import { BlockList, isIP } from 'node:net'
import { flag } from '#start/environment/rules'

const EXAMPLES = 'Examples: TRUST_PROXY=true, TRUST_PROXY=127.0.0.1,10.0.0.0/8'

/**
 * Whether what the machine at `address` forwards is believed; hop 0 is the one that is connected to LAIM, hop 1 the one
 * before it, and so on.
 */
export type TrustProxy = (address: string, hop: number) => boolean

/**
 * `true` believes the machine that is connected and no other, so only a reverse proxy may reach the port then; a comma
 * list of addresses and CIDR blocks believes those, however many stand in a row; `false` believes nobody.
 */
export function trustedProxies(name: string, value = 'false'): TrustProxy {
  if (!/[.:]/.test(value)) {
    const isTrusted = readFlag(name, value)
    return (_address, hop) => isTrusted && hop === 0
  }

  const list = new BlockList()
  for (const entry of value.split(',').map((text) => text.trim())) {
    addTo(list, name, entry)
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function readFlag(name: string, value: string): boolean {
  try {
    return flag(false)(name, value)
  } catch {
    throw new Error(`${name} must be true, false or a list of addresses and CIDR blocks, not "${value}". ${EXAMPLES}`)
  }
}

function addTo(list: BlockList, name: string, entry: string): void {
  const [address = '', length, ...rest] = entry.split('/')
  const version = isIP(address)
  const bits = version === 6 ? 128 : 32
  const isLength = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits)
  if (version === 0 || !isLength || rest.length > 0) {
    throw new Error(`${name}: "${entry}" is no address and no CIDR block. ${EXAMPLES}`)
  }
  list.addSubnet(address, length === undefined ? bits : Number(length), version === 6 ? 'ipv6' : 'ipv4')
}
