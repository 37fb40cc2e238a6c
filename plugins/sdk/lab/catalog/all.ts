import type { LabProduct } from '../product.ts'
import { APPLIANCES } from './appliances.ts'
import { CAMPUS_SWITCHES } from './campus_switches.ts'
import { EDGE } from './edge.ts'
import { OFFICE_SWITCHES } from './office_switches.ts'
import { SERVERS } from './servers.ts'
import { WIRELESS } from './wireless.ts'

/** Every family the campus buys; their shares say how many of each. */
export const CATALOG: readonly LabProduct[] = [
  ...CAMPUS_SWITCHES,
  ...OFFICE_SWITCHES,
  ...EDGE,
  ...WIRELESS,
  ...SERVERS,
  ...APPLIANCES,
]

/** Throws when a hard case names a family that is not in the catalog. */
export function productOrFail(key: string): LabProduct {
  const product = CATALOG.find((candidate) => candidate.key === key)
  if (!product) throw new Error(`The lab's catalog has no family "${key}"`)
  return product
}
