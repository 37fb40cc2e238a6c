import type { LabDevice, LabInterface } from '@laim/sdk/lab'

/** The answers are of one moment, so that the same seed gives the same bytes. */
const POLLED = Date.UTC(2026, 10, 22, 6, 0, 0)

/**
 * SNMP credentials as LibreNMS sends them with every device. They are here to be left behind by the plugin: each
 * contains `canary`, which tests look for.
 */
const SNMP_SECRETS = {
  community: 'canary-community',
  authlevel: 'authPriv',
  authname: 'canary-user',
  authpass: 'canary-auth-pass',
  authalgo: 'SHA',
  cryptopass: 'canary-crypto-pass',
  cryptoalgo: 'AES',
}

/** A row of `/devices`: the columns of the database, in their order, as raw values. */
export function toDeviceRow(device: LabDevice) {
  const view = device.views.librenms
  const isPingOnly = device.oddities.includes('ping_only')
  return {
    device_id: device.id,
    inserted: '2025-09-01 09:00:00',
    hostname: view.hostname,
    sysName: isPingOnly ? null : view.sysName,
    display: device.id % 7 === 0 ? '{{ $sysName_fallback }}' : null,
    ip: view.ip,
    overwrite_ip: null,
    ...SNMP_SECRETS,
    snmpver: 'v3',
    port: 161,
    transport: 'udp',
    timeout: null,
    retries: null,
    snmp_disable: isPingOnly ? 1 : 0,
    bgpLocalAs: null,
    sysObjectID: isPingOnly ? null : device.sysObjectId,
    sysDescr: isPingOnly ? null : device.description,
    sysContact: isPingOnly ? null : device.contact,
    version: view.version,
    hardware: view.model,
    features: null,
    location_id: device.id,
    os: view.os,
    status: 1,
    status_reason: '',
    ignore: 0,
    disabled: device.oddities.includes('disabled') ? 1 : 0,
    uptime: device.uptimeSeconds,
    agent_uptime: 0,
    last_polled: toTimestamp(POLLED + device.id * 1000),
    last_poll_attempted: null,
    last_polled_timetaken: 3.2,
    last_discovered: toTimestamp(POLLED - 21_600_000 + device.id * 1000),
    last_discovered_timetaken: 11.7,
    last_ping: toTimestamp(POLLED + device.id * 1000),
    last_ping_timetaken: 0.8,
    purpose: null,
    type: view.type,
    serial: view.serial,
    icon: `${view.os}.svg`,
    poller_group: 0,
    override_sysLocation: 0,
    notes: null,
    port_association_mode: 1,
    max_depth: 0,
    disable_notify: 0,
    ignore_status: 0,
    location: view.location,
    lat: null,
    lng: null,
    dependency_parent_id: null,
    dependency_parent_hostname: null,
  }
}

/** `/devices/{id}` gives the model instead of the row: true and false, ISO 8601, null instead of blank. */
export function toDeviceModel(device: LabDevice) {
  const row = toDeviceRow(device)
  return {
    ...row,
    ip: row.ip || null,
    status: row.status === 1,
    ignore: row.ignore === 1,
    disabled: row.disabled === 1,
    snmp_disable: row.snmp_disable === 1,
    last_polled: `${row.last_polled.replace(' ', 'T')}.000000Z`,
  }
}

/** Old database drivers hand numbers over as text. */
export function withNumbersAsText(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? String(value) : value])
  )
}

/** The columns that were asked for, of every port; addresses without separators. */
export function toPortRow(device: LabDevice, port: LabInterface, columns: readonly string[]) {
  const row: Record<string, unknown> = {
    port_id: device.id * 100 + port.index,
    device_id: device.id,
    ifIndex: port.index,
    ifName: port.name,
    ifDescr: port.name,
    ifType: port.type,
    ifPhysAddress: port.mac?.replaceAll(':', '') ?? null,
  }
  return Object.fromEntries(columns.map((column) => [column, row[column]]))
}

/** Column names that `?columns=` may ask for here; LibreNMS holds them against its schema. */
export const PORT_COLUMNS = new Set(['port_id', 'device_id', 'ifIndex', 'ifName', 'ifDescr', 'ifType', 'ifPhysAddress'])

/** Rows of ENTITY-MIB. A stack has a row of its own that repeats the active member's serial; members lie in it. */
export function toInventory(device: LabDevice) {
  if (device.members.length > 1) {
    const stack = { kind: 'stack', name: 'Stack', model: '', serial: device.serial, parent: 0 }
    const members = device.members.map((member) => ({ ...member, kind: 'chassis', parent: 1 }))
    return [stack, ...members, ...partsOf(device)].map((part, place) => toEntity(device, part, place))
  }
  const isListed = ['network', 'firewall', 'storage'].includes(device.views.librenms.type ?? '')
  if (!isListed || device.oddities.includes('ping_only')) return []
  const chassis = { kind: 'chassis', name: 'Chassis', model: device.model, serial: device.serial, parent: 0 }
  return [chassis, ...partsOf(device)].map((part, place) => toEntity(device, part, place))
}

interface Part {
  readonly kind: string
  readonly name: string
  readonly model: string
  readonly serial: string | null
  readonly parent: number
}

/** Parts with serials of their own, which are no chassis, and one that says it has none. */
function partsOf(device: LabDevice): Part[] {
  return [
    { kind: 'powerSupply', name: 'Power Supply 1', model: 'PWR-C1-715WAC', serial: `PSU${device.id}A1B2C`, parent: 1 },
    { kind: 'fan', name: 'Fan 1', model: '', serial: 'N/A', parent: 1 },
  ]
}

function toEntity(device: LabDevice, part: Part, place: number) {
  return {
    entPhysical_id: device.id * 100 + place,
    device_id: device.id,
    entPhysicalIndex: 1000 + place,
    entPhysicalDescr: part.name,
    entPhysicalClass: part.kind,
    entPhysicalName: part.name,
    entPhysicalHardwareRev: 'V02',
    entPhysicalFirmwareRev: '',
    entPhysicalSoftwareRev: '',
    entPhysicalAlias: '',
    entPhysicalAssetID: '',
    entPhysicalIsFRU: 'true',
    entPhysicalModelName: part.model,
    entPhysicalVendorType: 'cevContainer',
    entPhysicalSerialNum: part.serial ?? '',
    entPhysicalContainedIn: part.parent === 0 ? 0 : 1000,
    entPhysicalParentRelPos: place,
    entPhysicalMfgName: device.vendor,
    ifIndex: null,
  }
}

/** The server's local time, without a zone. */
function toTimestamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}
