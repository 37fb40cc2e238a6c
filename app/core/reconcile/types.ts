import { type ClassificationHint } from '@laim/sdk'
import { type ClaimedField } from '#core/assets/asset'

export type IdentifierStrength = 'strong' | 'medium' | 'weak'
export type IdentifierRole = 'chassis' | 'base' | 'management' | 'interface' | 'member' | 'unknown'

/** One value that may tell which device a record is, in canonical form. */
export interface EvidenceIdentifier {
  readonly kind: 'serial' | 'mac' | 'uuid' | 'hostname' | 'ip'
  readonly value: string
  readonly role: IdentifierRole
  readonly strength: IdentifierStrength
}

/** What a source claims, field by field. A missing key is no opinion; null is "asserted empty". */
export type ClaimValues = Partial<Record<ClaimedField, string | null>>

export type EvidenceHint = ClassificationHint

export interface PartOf {
  readonly nativeId: string
  readonly relation: string
}

/** An observation after normalising: what is staged, hashed and compared. */
export interface NormalObservation {
  readonly nativeId: string
  readonly claims: ClaimValues
  readonly identifiers: readonly EvidenceIdentifier[]
  readonly hints: readonly EvidenceHint[]
  readonly partOf: PartOf | null
  /** The three below are outside the hash: they may change at every reading. */
  readonly observedAt: string | null
  readonly href: string | null
  readonly raw: string | null
  readonly contentHash: string
}

/** A record of a source with the observation that counts now: the staged one, else the current one. */
export interface SourceRecord {
  readonly id: number
  readonly sourceId: number
  readonly nativeId: string
  readonly assetId: number | null
  readonly linkState: 'pending' | 'linked' | 'held' | 'excluded'
  readonly missedRuns: number
  readonly missingSince: string | null
  readonly closedAt: string | null
  readonly observation: RecordObservation
  /** The observation that a staged one replaces; null when nothing is staged or the record is new. */
  readonly former: RecordObservation | null
  readonly isStaged: boolean
}

export interface RecordObservation {
  readonly id: number
  readonly claims: ClaimValues
  /** Since when a claim has its value, for those fields that are older than the observation. ISO 8601. */
  readonly claimedAt: Partial<Record<ClaimedField, string>>
  readonly readAt: string
  /** Null: compare it with nothing, it was not taken as it was read. */
  readonly contentHash: string | null
  readonly hints: readonly EvidenceHint[]
  readonly partOf: PartOf | null
  readonly href: string | null
  readonly identifiers: readonly EvidenceIdentifier[]
}

/** What the engine must know of a source. A lower rank wins. */
export interface SourceRank {
  readonly id: number
  readonly name: string
  readonly rank: number
  /** True when the source may give a native id to other hardware later (its key is an address). */
  readonly reassignable: boolean
  /** After this long an absent record's claims give way to others. Null: never. */
  readonly releaseAfterHours: number | null
  /** False when the source left the configuration or was disabled: what it said last stays as it is. */
  readonly isRead: boolean
}

/** A value that a person set on a field. */
export interface Pin {
  readonly field: string
  readonly value: string | null
  readonly until: 'always' | 'source_change' | 'date'
  readonly untilAt: string | null
  readonly claimsHash: string | null
  readonly reason: string | null
  readonly actor: string
  readonly setAt: string
}
