import type { Allocation } from './allocation.ts'
import { productOrFail } from './catalog/all.ts'
import { draftDevice, type Draft } from './draft.ts'
import { HARD_NAMES } from './hard_names.ts'
import { HARD_SERIALS } from './hard_serials.ts'
import { PAIRS_AND_STACKS } from './pairs_and_stacks.ts'

/** One device that source systems get wrong in practice, and what exactly is wrong with it. */
export interface HardCase {
  /** Family in the catalog. */
  readonly product: string
  readonly members?: number
  /** Default: both systems list it. */
  readonly seenBy?: { readonly netdisco: boolean; readonly librenms: boolean }
  bend(draft: Draft): void
}

const CASES: readonly HardCase[] = [...PAIRS_AND_STACKS, ...HARD_SERIALS, ...HARD_NAMES]
const BOTH = { netdisco: true, librenms: true }

/** Always the first devices of a lab, so that even a small one has every hard case. */
export function makeHardCases(seed: number, allocation: Allocation): Draft[] {
  return CASES.map((hardCase, place) => {
    const product = productOrFail(hardCase.product)
    const draft = draftDevice({ product, id: place + 1, seed, members: hardCase.members }, allocation)
    draft.seenBy = { ...(hardCase.seenBy ?? BOTH) }
    hardCase.bend(draft)
    draft.oddities = [...new Set(draft.oddities)]
    return draft
  })
}
