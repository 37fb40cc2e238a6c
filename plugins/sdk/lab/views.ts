import type { Draft, DraftParts } from './draft.ts'

const NETDISCO_VENDORS: Readonly<Record<string, string>> = {
  'Palo Alto Networks': 'palo alto networks',
  'HPE': 'hp',
  'Axis': 'axis communications ab',
}

/**
 * What each system makes of the box: most values agree, some are written
 * differently, some are a firmware behind, and one in five boxes is known to one system only.
 */
export function makeViews(device: Omit<Draft, 'views' | 'seenBy'>, parts: DraftParts): Draft {
  const { product, random } = parts
  const draft: Draft = {
    ...device,
    views: { librenms: librenmsView(device, parts), netdisco: netdiscoView(device, parts) },
    seenBy: { netdisco: true, librenms: true },
  }
  const share = random.next()
  if (product.onlyIn) draft.seenBy = only(product.onlyIn)
  else if (share < 0.18) draft.seenBy = only('librenms')
  else if (share < 0.34) draft.seenBy = only('netdisco')
  noteDifferences(draft)
  return draft
}

function only(system: 'netdisco' | 'librenms'): Draft['seenBy'] {
  return { netdisco: system === 'netdisco', librenms: system === 'librenms' }
}

function librenmsView(device: Omit<Draft, 'views' | 'seenBy'>, parts: DraftParts) {
  const { product, model, version, random } = parts
  const typed = random.next()
  const short = device.sysName
  return {
    hostname: typed < 0.14 ? device.ip : typed < 0.24 ? short : device.hostname,
    sysName: random.chance(0.3) ? (device.hostname ?? short) : short.toLowerCase(),
    ip: device.ip,
    vendor: null,
    model: model.name,
    os: product.os.librenms,
    version: version.librenms || null,
    serial: device.serial,
    location: random.chance(0.1) ? device.location.replace(', ', ' / ') : device.location,
    type: product.type,
  }
}

function netdiscoView(device: Omit<Draft, 'views' | 'seenBy'>, parts: DraftParts) {
  const { product, model, version, random } = parts
  const named = random.next()
  const loopback = random.chance(0.06) && product.layers.endsWith('110')
  return {
    hostname: named < 0.15 ? null : named < 0.25 ? `${device.sysName}-mgmt.lab.example` : device.hostname,
    sysName: random.chance(0.15) ? device.sysName.toUpperCase() : device.sysName,
    ip: loopback ? loopbackOf(device.ip) : device.ip,
    vendor: NETDISCO_VENDORS[product.vendor] ?? product.vendor.toLowerCase(),
    model: model.netdisco ?? model.name,
    os: product.os.netdisco,
    version: version.netdisco || null,
    serial: device.serial && random.chance(0.08) ? device.serial.toLowerCase() : device.serial,
    location: device.location,
    type: null,
  }
}

/** The address of a router's loopback, one for each management address. */
function loopbackOf(ip: string): string {
  const [, room, ...rest] = ip.split('.')
  return ['172', Number(room) - 49, ...rest].join('.')
}

/** Records where the two views disagree, so that a test can ask for such a device. */
function noteDifferences(draft: Draft) {
  const { librenms, netdisco } = draft.views
  if (librenms.hostname === librenms.ip) draft.oddities.push('hostname_is_an_address')
  if (!draft.seenBy.netdisco || !draft.seenBy.librenms) return
  if (librenms.hostname !== netdisco.hostname) draft.oddities.push('names_differ')
  if (librenms.model !== netdisco.model) draft.oddities.push('models_differ')
  if (librenms.version !== netdisco.version) draft.oddities.push('versions_differ')
  if (librenms.ip !== netdisco.ip) draft.oddities.push('addresses_differ')
  if (librenms.serial !== netdisco.serial) draft.oddities.push('serial_case_differs')
}
