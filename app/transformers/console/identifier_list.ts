import { formatMacAddress } from '#core/assets/mac_address'
import { type AssetIdentifier } from '#core/reconcile/asset_view'

const KINDS: Record<string, string> = {
  serial: 'Serial',
  mac: 'MAC',
  uuid: 'UUID',
  hostname: 'Hostname',
  ip: 'IP',
  asset_tag: 'Tag',
}

const PROOFS: Record<string, { proof: string; proofTitle: string }> = {
  strong: { proof: 'proves', proofTitle: 'A record with this value is this asset' },
  medium: { proof: 'supports', proofTitle: 'Two values like this together prove which asset it is' },
  weak: { proof: 'hints', proofTitle: 'It only suggests which asset it is' },
}

export function toIdentifierKind(kind: string): string {
  return KINDS[kind] ?? kind
}

/** What identifies an asset, what proves most first, and the sentence above the list. */
export function toIdentifierList(identifiers: readonly AssetIdentifier[]) {
  const order = Object.keys(PROOFS)
  const sorted = identifiers.toSorted((a, b) => order.indexOf(a.strength) - order.indexOf(b.strength))
  return {
    identifiers: sorted.map(({ kind, value, strength }) => ({
      kind: toIdentifierKind(kind),
      value: kind === 'mac' ? formatMacAddress(value) : value,
      ...PROOFS[strength],
    })),
    identifierSummary: identifiers.length === 1 ? 'One value' : `${identifiers.length} values`,
  }
}
