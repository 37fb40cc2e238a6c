import type { PortRow } from './schema.js'

/** Addresses kept of one device, of each kind: the lowest. */
const MOST = 64
const TWELVE_HEX_DIGITS = /^[0-9a-f]{12}$/
const SEPARATORS = /[:.-]/g
/** Addresses that redundancy protocols share out among routers: VRRP, HSRP, GLBP. */
const VIRTUAL = ['00005e0001', '00005e0002', '00000c07ac', '00000c9ff', '000573a0', '0007b400']
/** Port types that are a socket or a radio of the box. */
const PHYSICAL = new Set(['ethernetCsmacd', 'fastEther', 'gigabitEthernet', 'ieee80211', 'iso88023Csmacd', 'mgmt'])
/** Types whose "address" is a world wide name or a leftover of the other end. */
const FOREIGN = new Set(['fibreChannel', 'softwareLoopback', 'tunnel', 'ppp'])
/** `Gi2/0/1`, `Twe2/0/1`, `XGigabitEthernet2/0/1`, `2/1/1`: the first number is the box. */
const UNIT = /^[A-Za-z]*([1-9])\/\d{1,2}\/\d+$/

/**
 * The ports of one device, boiled down while they stream by: addresses as 48-bit numbers, lowest first, and the
 * numbers of the boxes that port names speak of. An estate of 500,000 ports then fits in a few megabytes.
 */
export class DevicePorts {
  readonly #physical: number[] = []
  readonly #other: number[] = []
  readonly #assigned: number[] = []
  #units = 0

  add(port: PortRow): void {
    const unit = UNIT.exec(port.name)?.[1]
    if (unit) this.#units |= 1 << Number(unit)

    const mac = toNumber(port.mac)
    if (mac === null || FOREIGN.has(port.type)) return
    if (isAssigned(mac)) insert(this.#assigned, mac)
    else insert(PHYSICAL.has(port.type) ? this.#physical : this.#other, mac)
  }

  /** The address to show: the lowest of the physical ports, else of any port, else one that somebody assigned. */
  get ownMac(): string | null {
    const mac = this.#physical[0] ?? this.#other[0] ?? this.#assigned[0]
    return mac === undefined ? null : toHex(mac)
  }

  /** Addresses that makers gave out, physical ports first: at most 64. */
  get identifyingMacs(): string[] {
    const all = new Set([...this.#physical, ...this.#other])
    return [...all].slice(0, MOST).map(toHex)
  }

  /** How many boxes the port names number: 3 for `Gi1/0/1`, `Gi2/0/1`, `Gi3/0/1`. */
  get unitCount(): number {
    return this.#units.toString(2).replaceAll('0', '').length
  }
}

/** Null for what is no address or names no card: malformed, all zero, multicast, shared by routers. */
function toNumber(text: string): number | null {
  const digits = text.toLowerCase().replace(SEPARATORS, '')
  if (!TWELVE_HEX_DIGITS.test(digits) || VIRTUAL.some((prefix) => digits.startsWith(prefix))) {
    return null
  }
  const isMulticast = (Number.parseInt(digits[1] ?? '1', 16) & 1) === 1
  const value = Number.parseInt(digits, 16)
  return value === 0 || isMulticast ? null : value
}

/** True when the second bit of the first byte says that software chose the address. */
function isAssigned(mac: number): boolean {
  return (Math.floor(mac / 0x10000000000) & 2) === 2
}

/** Keeps the list sorted, free of repetitions and short. */
function insert(sorted: number[], mac: number): void {
  const last = sorted.at(-1)
  if (sorted.length === MOST && last !== undefined && mac >= last) return
  const place = sorted.findIndex((other) => other >= mac)
  if (sorted[place] === mac) return
  if (place === -1) sorted.push(mac)
  else sorted.splice(place, 0, mac)
  if (sorted.length > MOST) sorted.pop()
}

function toHex(mac: number): string {
  return mac.toString(16).padStart(12, '0')
}
