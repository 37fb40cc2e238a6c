/** A run of ports that are named and numbered alike. */
export interface PortPlan {
  /** `{n}` is the number of the port in this run, `{m}` the number of the stack member. */
  readonly name: string
  /** IANA ifType name. */
  readonly type: string
  readonly count: number
  /** Number of the first port. Default 1. */
  readonly first?: number
  /** `own`: the next address of the box's block. `base`: its base address. `none`: null. `zero`: all zero. */
  readonly mac: 'own' | 'base' | 'none' | 'zero'
}

export interface LabModel {
  /** As LibreNMS names it (`hardware`). */
  readonly name: string
  /** As Netdisco names it; differs for many families. Default: `name`. */
  readonly netdisco?: string
  readonly sysObjectId: string
}

export interface LabVersion {
  readonly librenms: string
  readonly netdisco: string
}

/** A family of devices the campus buys. Facts are those that the real systems show for it. */
export interface LabProduct {
  /** Name of the family within the lab, for the hard cases to refer to. */
  readonly key: string
  /** How many of 220 devices are of this family. */
  readonly share: number
  readonly assetType: string
  readonly vendor: string
  /** Start of the host name: `sw` gives `sw-2265-a1-01`. */
  readonly prefix: string
  readonly models: readonly LabModel[]
  readonly versions: readonly LabVersion[]
  readonly os: { readonly librenms: string; readonly netdisco: string }
  /** LibreNMS's device type. */
  readonly type: string
  /** First three bytes of the addresses it ships with, as six hex digits. */
  readonly oui: readonly string[]
  /** Pattern of its serials, null when it reports none. */
  readonly serial: string | null
  readonly ports: readonly PortPlan[]
  readonly layers: string
  readonly snmpClass: string
  /** sysDescr with `{model}`, `{version}`, `{serial}` and `{name}`. */
  readonly description: string
  /** Only one of the systems watches this family; default: mostly both. */
  readonly onlyIn?: 'netdisco' | 'librenms'
}
