/** One network port of a simulated device, as its IF-MIB would list it. */
export interface LabInterface {
  /** ifIndex: positive, unique within the device, not always contiguous. */
  readonly index: number
  /** ifName, such as `Gi1/0/1`, `ge-0/0/0`, `Vlan10`, `lo0`. */
  readonly name: string
  /** IANA ifType name, such as `ethernetCsmacd`, `l2vlan`, `softwareLoopback`. */
  readonly type: string
  /** Canonical `aa:bb:cc:dd:ee:ff`; null when the port reports none. All-zero and virtual addresses occur. */
  readonly mac: string | null
}

/** One physical chassis of a stack, in ENTITY-MIB order: the first is the active member. */
export interface LabMember {
  readonly serial: string
  readonly model: string
  /** entPhysicalName, such as `Switch 1`. */
  readonly name: string
}

/**
 * The values that a monitoring system shows for a device. Two systems that watch one
 * box disagree in spelling, freshness and taste, so each has its own view.
 */
export interface LabView {
  /** DNS name, or for a system where an operator types it: a name or an address. Null when there is none. */
  readonly hostname: string | null
  readonly sysName: string | null
  /** The address that the system polls. */
  readonly ip: string
  readonly vendor: string | null
  readonly model: string | null
  /** The operating system in that system's own vocabulary: `iosxe` here is `ios-xe` there. */
  readonly os: string | null
  readonly version: string | null
  /** What the system reports as the chassis serial: junk values occur. */
  readonly serial: string | null
  readonly location: string | null
  /** The system's own device type, such as `network` or `server`; null where it has none. */
  readonly type: string | null
}

/** The views of a device. Both are always filled; `seenBy` says which systems really list it. */
export interface LabViews {
  readonly netdisco: LabView
  readonly librenms: LabView
}

/** What makes a device a hard case, for tests that look for one. */
export type LabOddity =
  | 'stack'
  | 'virtual_router_pair'
  | 'junk_serial'
  | 'shared_serial'
  | 'no_serial_no_mac'
  | 'mac_only'
  | 'unicode'
  | 'name_of_253_characters'
  | 'overlong_text'
  | 'markup'
  | 'formula'
  | 'ping_only'
  | 'disabled'
  | 'pseudo'
  | 'hostname_is_an_address'
  | 'names_differ'
  | 'models_differ'
  | 'versions_differ'
  | 'addresses_differ'
  | 'serial_case_differs'
  | 'serial_only_in_inventory'
  | 'listed_twice'

/** One simulated device: the truth of the box, and what each system makes of it. */
export interface LabDevice {
  /** 1, 2, 3 … in the order of the lab; the same for the same seed. */
  readonly id: number
  /** The DNS name (lower case, fully qualified), null when the address has no PTR record. */
  readonly hostname: string | null
  readonly sysName: string
  /** Management address: IPv4, or compressed IPv6. Unique in the lab. */
  readonly ip: string
  readonly vendor: string
  readonly model: string
  readonly version: string | null
  /** The chassis serial the box reports over SNMP, junk included; null for none. Of a stack: the active member's. */
  readonly serial: string | null
  /** The chassis or bridge base address, `aa:bb:cc:dd:ee:ff`; null for none. */
  readonly baseMac: string | null
  /** Ordered by index; at most 64. Empty for a box that is only pinged. */
  readonly interfaces: readonly LabInterface[]
  /** Two or more for a stack, otherwise empty. */
  readonly members: readonly LabMember[]
  /** sysDescr; may hold line breaks. */
  readonly description: string
  /** With a leading dot: `.1.3.6.1.4.1.9.1.2695`. Empty when the box is only pinged. */
  readonly sysObjectId: string
  /** Eight 0/1 characters, the rightmost is layer 1: `00000110` is layer 2 and 3. */
  readonly layers: string
  /** The SNMP::Info class that fits, such as `SNMP::Info::Layer3::Juniper`. */
  readonly snmpClass: string
  /** sysLocation, such as `Room 2265, rack A3`. */
  readonly location: string
  readonly contact: string
  /** What the box really is, in the words of the asset types: `Switch`, `Router`, `WAP`, `Server` … */
  readonly assetType: string
  readonly views: LabViews
  readonly seenBy: { readonly netdisco: boolean; readonly librenms: boolean }
  readonly oddities: readonly LabOddity[]
  /** Boot time in seconds before the lab's fixed now; for uptime fields. */
  readonly uptimeSeconds: number
}
