/** What is known of a device. Everything is text as a source wrote it; absent, null and empty mean the same. */
export interface Evidence {
  readonly vendor?: string | null
  /** Product name, part number or an entity string ("Chassis"). */
  readonly model?: string | null
  /** Short name of the operating system: `iosxe`, `ios-xe` and `IOS XE` are all understood. */
  readonly os?: string | null
  /** SNMP sysDescr. */
  readonly sysDescr?: string | null
  /** SNMP sysObjectID, with or without a leading dot. */
  readonly sysObjectId?: string | null
  /** The source's own idea of the type: a category ("network") or a driver class ("SNMP::Info::Layer2::Aruba"). */
  readonly sourceType?: string | null
  /** Eight digits of 0 and 1, the rightmost is layer 1: `00000110` bridges and routes. */
  readonly layers?: string | null
  /** Version of the operating system. */
  readonly version?: string | null
}

/** Evidence made ready for the rules: no nulls, no text longer than `MAX_LENGTH`. */
export interface Traits {
  /** Lower case. */
  readonly vendor: string
  readonly model: string
  /** Canonical id of the operating system or '' (see operating_system.ts). */
  readonly os: string
  readonly description: string
  /** Model, then description, one a line: what the word rules read. */
  readonly text: string
  /** Without leading dot and without the `1.3.6.1.4.1` of all enterprises. */
  readonly objectId: string
  /** Lower case. */
  readonly sourceType: string
  readonly layers: string
  readonly version: string
}

/** The rules look at no more than this of any text, so that hostile input costs no time. */
const MAX_LENGTH = 512

const ENTERPRISES = /^\.?1\.3\.6\.1\.4\.1\./

/** `Linux db-switch-01 5.10 …`: the second word is the host's name, and names are no evidence of the product. */
const HOST_NAME = /^((?:linux|darwin|sunos|(?:pfsense|freebsd|openbsd|netbsd)) )\S+/i

/** Everything but the operating system, which needs the other traits to be told. */
export function toTraits(evidence: Evidence): Omit<Traits, 'os'> {
  const model = cut(evidence.model)
  const description = cut(evidence.sysDescr).replace(HOST_NAME, '$1')

  return {
    vendor: cut(evidence.vendor).toLowerCase(),
    model,
    description,
    text: `${model}\n${description}`,
    objectId: cut(evidence.sysObjectId).replace(ENTERPRISES, ''),
    sourceType: cut(evidence.sourceType).toLowerCase(),
    layers: cut(evidence.layers),
    version: cut(evidence.version),
  }
}

function cut(text: string | null | undefined): string {
  return (text ?? '').slice(0, MAX_LENGTH).trim()
}
