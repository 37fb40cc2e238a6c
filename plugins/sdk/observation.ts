import type { JsonObject } from './json.ts'
import type { ClaimField, IdentifierKind } from './manifest.ts'

/** Evidence of identity. Core, not the plugin, decides how strong a (kind, role) is. */
export interface Identifier {
  readonly kind: IdentifierKind
  readonly value: string
  /** What the value names. */
  readonly role?: 'chassis' | 'base' | 'management' | 'interface' | 'member' | 'unknown'
  /** Namespace in which the value is unique, when known: a VRF for addresses, a vendor for serials. */
  readonly scope?: string
}

/**
 * What the source says about the fields of an asset.
 * undefined: no opinion; releases a former claim in a run whose coverage is complete (a partial run keeps it).
 * null: the source positively says "empty". `''` and whitespace count as undefined.
 */
export type Claims = { readonly [F in ClaimField]?: string | null }

/** A fact that helps core to tell what kind of thing this is. */
export interface ClassificationHint {
  readonly kind:
    'sys_object_id' | 'sys_descr' | 'os' | 'vendor' | 'model' | 'source_type' | 'lldp_capability' | 'layers'
  readonly value: string
}

/** One record of the source as seen in one run. */
export interface Observation {
  /** Key of the record in the source instance. Non-empty, at most 255 characters, unique within a run. */
  readonly nativeId: string
  readonly identifiers: readonly Identifier[]
  readonly claims: Claims
  readonly hints?: readonly ClassificationHint[]
  /** ISO 8601 time at which the SOURCE last saw the device. Outside the content hash. */
  readonly observedAt?: string
  /** Parent record in the same source (stack member → stack). */
  readonly partOf?: {
    readonly nativeId: string
    readonly relation: 'stack_member' | 'module' | 'virtual_context'
  }
  /** Deep link into the source's own pages; only http(s) is rendered. Outside the content hash. */
  readonly href?: string
  /** Allow-listed copy of the upstream record, for diagnosis. At most 32 KiB. Outside the content hash. */
  readonly raw?: JsonObject
}

/** A record that could not be mapped; it counts as seen when its native id is given. */
export interface RejectedRecord {
  readonly nativeId?: string
  /** `E_…` */
  readonly code: string
  readonly message: string
  readonly sample?: JsonObject
}
