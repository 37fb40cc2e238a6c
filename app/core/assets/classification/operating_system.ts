import { type Traits } from './evidence.js'
import { ALIASES } from './system_aliases.js'
import { CLASSES, DESCRIPTIONS, ENTERPRISES, VENDORS } from './system_signs.js'

// Maps, because the keys that are looked up come from devices: `constructor` must find nothing.
const aliases = new Map(Object.entries(ALIASES))
const classes = new Map(Object.entries(CLASSES))
const vendors = new Map(Object.entries(VENDORS))
const enterprises = new Map(Object.entries(ENTERPRISES))

/** Names that stand for any host, for none, or for systems of several makers. */
const VAGUE = new Set(['', 'generic', 'default', 'ping', 'unknown', 'cisco', 'aos', 'other'])

/**
 * The id of the operating system in the tables: the source's word for it, else what the driver class, the description,
 * the vendor or the enterprise number implies. '' when nothing tells. Unknown names come back in lower case.
 */
export function findOperatingSystem(name: string, traits: Omit<Traits, 'os'>): string {
  const os = name.trim().toLowerCase()
  if (os === 'airos' && traits.vendor.startsWith('aruba')) {
    // Drivers of Aruba controllers call their system AirOS, as Ubiquiti does with another.
    return 'arubaos'
  }
  if (!VAGUE.has(os)) {
    return aliases.get(os.replaceAll('_', ' ')) ?? os
  }

  const driver = /::(\w+)$/.exec(traits.sourceType)?.[1] ?? ''
  const enterprise = /^\d+/.exec(traits.objectId)?.[0] ?? ''
  const described = DESCRIPTIONS.find(([sign]) => sign.test(traits.description))?.[1]

  return classes.get(driver) ?? described ?? vendors.get(traits.vendor) ?? enterprises.get(enterprise) ?? os
}
