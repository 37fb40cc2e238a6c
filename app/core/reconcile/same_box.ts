import { CLAIMED_FIELDS } from '#core/assets/asset'
import { type SourceRecord } from './types.js'

/** Fields in which two records of one box may differ: they are the address under which the source met it. */
const ADDRESS_FIELDS = new Set(['ipAddress', 'macAddress'])

/**
 * True when two records of one source with one serial are plainly the same box: they share a base MAC, or differ in
 * nothing but their address. A failover pair or a cloned machine has base MACs of its own on each side.
 */
export function isSameBox(a: SourceRecord, b: SourceRecord): boolean {
  const [left, right] = [baseMacs(a), baseMacs(b)]
  if (left.length > 0 && right.length > 0) {
    return left.some((mac) => right.includes(mac))
  }
  return CLAIMED_FIELDS.every((field) => {
    if (ADDRESS_FIELDS.has(field)) {
      return true
    }
    const [one, other] = [a.observation.claims[field], b.observation.claims[field]]
    return one === undefined || other === undefined || one === other
  })
}

function baseMacs(record: SourceRecord): string[] {
  return record.observation.identifiers.flatMap((identifier) =>
    identifier.kind === 'mac' && identifier.strength === 'strong' ? [identifier.value] : []
  )
}
