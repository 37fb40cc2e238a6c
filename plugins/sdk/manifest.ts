/** Version of this contract (semver); it moves apart from the product's version. */
export const CONTRACT_VERSION = '1.0.0'

export type DiscoverMode = 'full' | 'incremental'

export type IdentifierKind = 'serial' | 'mac' | 'uuid' | 'hostname' | 'ip' | 'asset_tag'

export type ClaimField =
  | 'hostname'
  | 'serialNumber'
  | 'macAddress'
  | 'ipAddress'
  | 'vendor'
  | 'model'
  | 'firmwareVersion'
  | 'assetType'
  | 'location'

/** Who the plugin is and what it can do. */
export interface SourceManifest {
  /** Stable key, kebab-case, never reused: `acme-racktables`. */
  readonly id: string
  readonly name: string
  /** Version of the plugin package. */
  readonly version: string
  /** Semver range of CONTRACT_VERSION the plugin was built against, e.g. `^1.0.0`. */
  readonly contract: string
  /** Bump when the stored config shape changes; pairs with `config.migrate`. */
  readonly configVersion: number
  /** Bump when the checkpoint shape changes; a mismatch discards the checkpoint, never crashes. */
  readonly checkpointVersion: number
  /** Bump when the mapping from raw record to observation changes: part of the content hash, so every
   *  record is planned once more even though the source did not change. */
  readonly mappingVersion: number
  readonly capabilities: SourceCapabilities
  readonly docsUrl?: string
}

export interface SourceCapabilities {
  readonly modes: readonly DiscoverMode[]
  /** implicit: absence from a COMPLETE full run means gone. explicit: `page.removed`. none: never missing. */
  readonly removals: 'implicit' | 'explicit' | 'none'
  /** Can discover() continue from `page.checkpoint` after a crash? */
  readonly resumable: boolean
  /** `reassignable` when the upstream key may later name other hardware (a key that is an IP address). */
  readonly nativeId: 'stable' | 'reassignable'
  /** Fields this source may ever claim; a claim outside the list is a contract violation. */
  readonly claims: readonly ClaimField[]
  readonly identifiers: readonly IdentifierKind[]
}
