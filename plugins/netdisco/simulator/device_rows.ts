import type { LabDevice } from '@laim/sdk/lab'

/** A row of the device table, by column name. */
export type DeviceColumns = Record<string, string | number | readonly string[] | null>

const SECONDS_OF_DAY = 86_400

/** All stored columns of a device, the SNMP community in clear among them. */
export function toColumns(device: LabDevice, now: Date): DeviceColumns {
  const view = device.views.netdisco
  const isPseudo = device.oddities.includes('pseudo')
  const serial = view.serial ?? (isPseudo ? null : '')
  return {
    ip: view.ip,
    dns: view.hostname,
    name: view.sysName,
    vendor: view.vendor,
    model: view.model,
    serial,
    chassis_id: serial,
    mac: device.baseMac,
    os: view.os,
    os_ver: view.version,
    layers: isPseudo ? '00000000' : device.layers,
    location: view.location,
    contact: device.contact,
    description: isPseudo ? null : device.description,
    snmp_class: isPseudo ? null : device.snmpClass,
    snmp_ver: isPseudo ? null : 2,
    snmp_comm: 's1mulated-community',
    snmp_engineid: null,
    is_pseudo: isPseudo ? 1 : 0,
    pae_is_enabled: null,
    uptime: device.uptimeSeconds * 100,
    num_ports: device.interfaces.length,
    slots: null,
    fan: null,
    log: null,
    ps1_type: null,
    ps1_status: null,
    ps2_type: null,
    ps2_status: null,
    vtp_domain: null,
    vtp_mode: null,
    tags: [],
    custom_fields: '{}',
    creation: '2025-03-01 08:00:00',
    last_discover: toLocalTime(discoveredAt(device, now)),
    last_macsuck: null,
    last_arpnip: null,
  }
}

/** The computed columns. Seconds are text with a fraction. */
export function toComputed(device: LabDevice, now: Date): DeviceColumns {
  const sinceDiscover = (now.getTime() - discoveredAt(device, now).getTime()) / 1000
  return {
    module_serials: toModuleSerials(device),
    first_seen_stamp: '2025-03-01 08:00',
    last_discover_stamp: toLocalTime(discoveredAt(device, now)).slice(0, 16),
    last_macsuck_stamp: null,
    last_arpnip_stamp: null,
    since_first_seen: '31536000.000000',
    since_last_discover: sinceDiscover.toFixed(6),
    since_last_macsuck: null,
    since_last_arpnip: null,
    uptime_age: `${Math.floor(device.uptimeSeconds / SECONDS_OF_DAY)} days 00:00:00`,
  }
}

/** Distinct serials of the device and of its chassis, sorted, as the search lists them. */
function toModuleSerials(device: LabDevice): string[] {
  const serials = [device.views.netdisco.serial, ...device.members.map((member) => member.serial)]
  return [...new Set(serials.filter((serial) => serial !== null && serial !== ''))].sort() as string[]
}

/** Some minutes to some hours ago, the same distance at every reading. */
function discoveredAt(device: LabDevice, now: Date): Date {
  return new Date(now.getTime() - (600 + ((device.id * 97) % 7200)) * 1000)
}

function toLocalTime(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ')
}
