import { type Identifier, type Observation } from '@laim/sdk'

interface Product {
  readonly vendor: string
  readonly model: string
  readonly os: string
  readonly objectId: string
  readonly description: string
  readonly version: string
  /** First letters of its serial numbers. */
  readonly serial: string
  /** Maker's half of its MAC addresses. */
  readonly maker: string
  /** Lists the addresses of its ports; one that does not has a base address. */
  readonly hasPorts: boolean
}

/** What is made up. */
export interface Estate {
  readonly devices: number
  /** Ports of each switch. */
  readonly ports: number
  /** In each edition all devices run another firmware. */
  readonly edition: number
}

/** What stands in a lab, in its order of frequency: one in four is a switch with many ports. */
const PRODUCTS: readonly Product[] = [
  {
    vendor: 'Cisco',
    model: 'C9300-24P',
    os: 'iosxe',
    objectId: '.1.3.6.1.4.1.9.1.2494',
    description: 'Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4a',
    version: '17.9.4a',
    serial: 'FCW',
    maker: '70df2f',
    hasPorts: true,
  },
  {
    vendor: 'Dell',
    model: 'PowerEdge R740',
    os: 'drac',
    objectId: '.1.3.6.1.4.1.674.10892.5',
    description: 'Integrated Dell Remote Access Controller 9',
    version: '6.10.30.00',
    serial: 'DL',
    maker: 'b083fe',
    hasPorts: false,
  },
  {
    vendor: 'Aruba',
    model: 'AP-535',
    os: 'arubaos',
    objectId: '.1.3.6.1.4.1.14823.1.2.112',
    description: 'ArubaOS (MODEL: 535), Version 8.10.0.6',
    version: '8.10.0.6',
    serial: 'CNJ',
    maker: '204c03',
    hasPorts: false,
  },
  {
    vendor: 'APC',
    model: 'AP8853',
    os: 'apc',
    objectId: '.1.3.6.1.4.1.318.1.3.4.6',
    description: 'APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.8.0 AF1:rpdu2g MN:AP8853)',
    version: '6.8.0',
    serial: 'ZA',
    maker: '00c0b7',
    hasPorts: false,
  },
]

/**
 * Device number `index` of a made-up estate, as a plugin gives it to the engine: always the same for the same number,
 * unlike every other, and made when it is asked for, so that no list of them takes memory.
 */
export function deviceAt(index: number, { ports, edition }: Omit<Estate, 'devices'>): Observation {
  const product = PRODUCTS[index % PRODUCTS.length]!
  const room = 1000 + (scramble(index + 1) % 900)
  const hostname = `${product.os}-${room}-${index}.lab.example`
  const serial =
    product.serial +
    scramble(index + 1)
      .toString(36)
      .toUpperCase()
      .padStart(8, 'K')
  const ip = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`
  const macs = macsOf(product, ports, index)
  const version = `${product.version}-${edition}`

  return {
    nativeId: String(index + 1),
    identifiers: [
      { kind: 'serial', value: serial, role: 'chassis' },
      ...macs,
      { kind: 'hostname', value: hostname },
      { kind: 'ip', value: ip, role: 'management' },
    ],
    claims: {
      hostname,
      serialNumber: serial,
      macAddress: macs[0]?.value,
      ipAddress: ip,
      vendor: product.vendor,
      model: product.model,
      firmwareVersion: version,
      location: `Building ${room % 7}, room ${room}`,
    },
    hints: [
      { kind: 'sys_object_id', value: product.objectId },
      { kind: 'sys_descr', value: product.description },
      { kind: 'os', value: product.os },
      { kind: 'vendor', value: product.vendor },
      { kind: 'model', value: product.model },
    ],
    href: `https://source.example/device/${index + 1}`,
    raw: { device_id: index + 1, sysName: hostname, hardware: product.model, version, ip, serial },
  }
}

function macsOf({ maker, hasPorts }: Product, ports: number, index: number): Identifier[] {
  const role = hasPorts ? 'interface' : 'base'
  return Array.from({ length: hasPorts ? ports : 1 }, (_, port) => {
    const address = Number.parseInt(maker, 16) * 2 ** 24 + index * 32 + port
    return {
      kind: 'mac',
      value: address
        .toString(16)
        .padStart(12, '0')
        .replace(/(..)(?!$)/g, '$1:'),
      role,
    }
  })
}

/** A 32-bit number without any visible order. Different numbers stay different. */
function scramble(index: number): number {
  let bits = Math.imul(index ^ (index >>> 16), 0x45d9f3b)
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** Where an estate's server gives a page of it: relative to its address. */
export function pagePath({ devices, ports, edition }: Estate, start: number, pageSize: number): string {
  const count = Math.min(pageSize, devices - start)
  return `?start=${start}&count=${count}&ports=${ports}&edition=${edition}`
}
