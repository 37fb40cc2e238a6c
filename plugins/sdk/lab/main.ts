import { Allocation } from './allocation.ts'
import { CATALOG } from './catalog/all.ts'
import type { LabDevice } from './device.ts'
import { draftDevice, type Draft } from './draft.ts'
import { makeHardCases } from './hard_cases.ts'
import type { LabProduct } from './product.ts'

export type { LabDevice, LabInterface, LabMember, LabOddity, LabView, LabViews } from './device.ts'

const SEED = 2265
const DEVICES = 240

export interface LabOptions {
  /** Same seed, same lab, in every process. */
  readonly seed?: number
  /** How many devices. The hard cases come first and are never left out. */
  readonly devices?: number
}

/**
 * Makes the simulated campus: two rooms, their racks, and what two monitoring
 * systems know about them. The same devices in the same order for the same options.
 */
export function makeLab(options: LabOptions = {}): LabDevice[] {
  const seed = options.seed ?? SEED
  const allocation = new Allocation()
  const drafts = makeHardCases(seed, allocation)
  const count = (options.devices ?? DEVICES) - 1

  for (const product of inProportion(count - drafts.length)) {
    drafts.push(draftDevice({ product, id: drafts.length + 1, seed }, allocation))
  }
  drafts.push(listedTwice(drafts, allocation))
  return drafts
}

/** Spreads the families so that at any point of the list each has its share. */
function* inProportion(count: number): Generator<LabProduct> {
  const total = CATALOG.reduce((sum, product) => sum + product.share, 0)
  const made = new Map<LabProduct, number>()

  for (let place = 1; place <= count; place++) {
    const due = (product: LabProduct) => (product.share * place) / total - (made.get(product) ?? 0)
    const next = CATALOG.reduce((first, other) => (due(other) > due(first) ? other : first))
    made.set(next, (made.get(next) ?? 0) + 1)
    yield next
  }
}

/** Netdisco met one firewall under two addresses and keeps it as two devices. */
function listedTwice(drafts: readonly Draft[], allocation: Allocation): Draft {
  const firewalls = drafts.filter((draft) => draft.vendor === 'Palo Alto Networks')
  const original = firewalls[1] ?? (drafts[0] as Draft)
  const twin = structuredClone(original)
  const ip = allocation.address(2266)

  original.oddities.push('listed_twice')
  original.seenBy = { netdisco: true, librenms: true }
  twin.id = drafts.length + 1
  twin.ip = ip
  twin.views.netdisco.ip = ip
  twin.views.librenms.ip = ip
  twin.seenBy = { netdisco: true, librenms: false }
  twin.oddities = ['listed_twice']
  return twin
}
