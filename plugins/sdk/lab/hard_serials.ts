import type { LabOddity } from './device.ts'
import type { Draft } from './draft.ts'
import type { HardCase } from './hard_cases.ts'

/** What devices answer when nobody has written a serial into them. */
const JUNK: readonly (readonly [product: string, serial: string])[] = [
  ['poweredge-linux', 'To be filled by O.E.M.'],
  ['poweredge-linux', 'System Serial Number'],
  ['proliant-windows', 'Default string'],
  ['panos', '000000000000'],
  ['fortigate', '<private>'],
  ['procurve', 'Unknown'],
  ['procurve', 'N/A'],
  ['apc-pdu', 'XXXXXXXXXXXX'],
  ['apc-ups', '123456789'],
  ['esxi', 'Not Specified'],
  ['synology', '0'],
  ['crs', '#########'],
]

const LIBRENMS = { netdisco: false, librenms: true }
const NETDISCO = { netdisco: true, librenms: false }

/** Serials that identify nothing, or that only one place knows; and boxes with no identity at all. */
export const HARD_SERIALS: readonly HardCase[] = [
  ...JUNK.map(([product, serial]) => ({
    product,
    bend: (draft: Draft) => setSerial(draft, serial, 'junk_serial'),
  })),
  { product: 'fortigate', seenBy: LIBRENMS, bend: (draft) => setSerial(draft, 'FGTCLUSTER65A1', 'shared_serial') },
  { product: 'fortigate', seenBy: LIBRENMS, bend: (draft) => setSerial(draft, 'FGTCLUSTER65A1', 'shared_serial') },
  { product: 'nexus', bend: onlyInInventory },
  { product: 'ex', bend: onlyInInventory },
  { product: 'axis', bend: serialIsTheAddress },
  { product: 'uap', bend: () => {} },
  { product: 'axis', bend: () => {} },
  { product: 'display', seenBy: LIBRENMS, bend: pingOnly },
  { product: 'display', seenBy: LIBRENMS, bend: pingOnly },
  { product: 'display', seenBy: LIBRENMS, bend: pingOnly },
  { product: 'roomalert', seenBy: LIBRENMS, bend: withoutIdentity },
  { product: 'yealink', seenBy: NETDISCO, bend: withoutIdentity },
  { product: 'litebeam', seenBy: NETDISCO, bend: pseudo },
  {
    product: 'c2960x',
    seenBy: LIBRENMS,
    bend: (draft) => {
      draft.oddities.push('disabled')
    },
  },
]

function setSerial(draft: Draft, serial: string, oddity: LabOddity) {
  draft.serial = serial
  draft.views.librenms.serial = serial
  draft.views.netdisco.serial = serial
  draft.oddities = [...draft.oddities.filter((name) => name !== 'serial_case_differs'), oddity]
}

/** LibreNMS shows neither serial nor model, yet its inventory of the box has both. */
function onlyInInventory(draft: Draft) {
  draft.views.librenms.serial = null
  draft.views.librenms.model = null
  draft.oddities.push('serial_only_in_inventory')
}

/** Axis writes the hardware address as the serial, by design. */
function serialIsTheAddress(draft: Draft) {
  draft.serial = draft.baseMac
  draft.views.librenms.serial = draft.baseMac
}

function pingOnly(draft: Draft) {
  draft.views.librenms.model = null
  draft.views.librenms.version = null
  draft.baseMac = null
  draft.oddities = [...draft.oddities, 'ping_only', 'no_serial_no_mac']
}

function withoutIdentity(draft: Draft) {
  draft.baseMac = null
  draft.interfaces = draft.interfaces.map((port) => ({ ...port, mac: null }))
  draft.oddities = [...draft.oddities.filter((name) => name !== 'mac_only'), 'no_serial_no_mac']
}

/** A device somebody entered into Netdisco by hand because it answers no SNMP. */
function pseudo(draft: Draft) {
  withoutIdentity(draft)
  draft.interfaces = []
  Object.assign(draft.views.netdisco, { model: null, os: null, version: null, vendor: null })
  draft.layers = '00000000'
  draft.oddities.push('pseudo')
}
