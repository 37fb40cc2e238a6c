import type { LabDevice } from '@laim/sdk/lab'
import { error, json, type Answer } from './answer.js'
import { toColumns } from './device_rows.js'
import { toAddresses } from './device_search.js'

const ROUTE = /^\/api\/v1\/object\/device\/([^/]+)(?:\/([a-z_]+))?$/

/** `GET /api/v1/object/device/{ip}` and what lies below it. Null when the path is none of these. */
export function describeDevice(devices: readonly LabDevice[], path: string, now: Date): Answer | null {
  const [, address, part] = ROUTE.exec(path) ?? []
  if (address === undefined) return null

  const ip = decodeURIComponent(address)
  const device = devices.find(({ views }) => views.netdisco.ip === ip)
  // A search that finds nothing is no error here.
  if (part === 'nodes') return json(device ? toNodes(device) : [])
  if (!device) return error('Bad Device', 404, path)

  switch (part) {
    case undefined: {
      return json({ ...toColumns(device, now), num_ports: undefined, poe: null })
    }
    case 'ports':
      return json(toPorts(device))
    case 'modules':
      return json(toModules(device))
    case 'device_ips':
      return json(toAddresses(device).map((alias) => ({ ip, alias, subnet: null, port: null, dns: null })))
    case 'vlans':
    case 'neighbors':
    case 'powered_ports':
    case 'wireless_ports':
      return json([])
    default:
      return null
  }
}

function toPorts(device: LabDevice) {
  return device.interfaces.map((port) => ({
    ip: device.views.netdisco.ip,
    port: port.name,
    descr: port.name,
    name: '',
    type: port.type,
    mac: port.mac,
    up: 'up',
    up_admin: 'up',
    speed: null,
    mtu: 1500,
    vlan: null,
    is_master: 0,
    slave_of: null,
    has_subinterfaces: 0,
    tags: [],
    custom_fields: '{}',
  }))
}

/** ENTITY-MIB rows: for a stack one row of class `stack` above its chassis. */
function toModules(device: LabDevice) {
  const isStack = device.members.length > 0
  const { serial, model } = device.views.netdisco
  const chassis = isStack ? device.members : [{ name: 'Chassis', model: model ?? '', serial: serial ?? '' }]
  const rows = chassis.map((member, at) => ({
    index: (at + 1) * 1000,
    parent: isStack ? 1 : 0,
    class: 'chassis',
    name: member.name,
    description: member.name,
    model: member.model,
    serial: member.serial,
    pos: at + 1,
    fru: 1,
  }))
  const top = {
    index: 1,
    parent: 0,
    class: 'stack',
    name: 'Stack',
    description: 'Stack',
    model: '',
    serial: '',
    pos: 0,
    fru: 0,
  }
  return isStack ? [top, ...rows] : rows
}

/** The end stations a switch has learned on its ports: other people's machines, never the switch. */
function toNodes(device: LabDevice) {
  const isSwitch = device.layers.at(-2) === '1'
  const ports = isSwitch ? device.interfaces.filter((port) => port.type === 'ethernetCsmacd') : []
  return ports.slice(0, 6).map((port) => ({
    mac: `a4:83:e7:${[device.id >> 8, device.id & 255, port.index & 255].map(toHex).join(':')}`,
    switch: device.views.netdisco.ip,
    port: port.name,
    vlan: '10',
    active: 1,
    time_first: '2025-03-01 08:00:00',
    time_recent: '2025-03-01 08:00:00',
    time_last: '2025-03-01 08:00:00',
  }))
}

function toHex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
