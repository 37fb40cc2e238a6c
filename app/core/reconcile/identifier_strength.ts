import { type EvidenceIdentifier, type IdentifierRole, type IdentifierStrength } from './types.js'

/**
 * How much a value proves about which device a record is. Strong: one equal value links. Medium: two equal values link.
 * Weak: only suggests. A serial or a base MAC is strong; the MAC of a port is medium, since ports are shared by
 * bridges and moved with their cards; names and addresses are given to other hardware every day.
 */
export function identifierStrength(
  kind: EvidenceIdentifier['kind'],
  role: IdentifierRole,
  isEvidence: boolean
): IdentifierStrength {
  if (!isEvidence) {
    return 'weak'
  }
  switch (kind) {
    case 'serial':
    case 'uuid':
      return 'strong'
    case 'mac':
      return role === 'base' || role === 'chassis'
        ? 'strong'
        : role === 'interface' || role === 'management'
          ? 'medium'
          : 'weak'
    case 'hostname':
    case 'ip':
      return 'weak'
  }
}
