import { type Allocation } from './allocation.ts'
import type { LabDevice, LabInterface, LabMember, LabOddity, LabView } from './device.ts'
import { baseMacOf, layOutPorts } from './ports.ts'
import type { LabModel, LabProduct, LabVersion } from './product.ts'
import { makeRandom, type Random } from './random.ts'
import { makeViews } from './views.ts'

const DOMAIN = 'lab.example'

type Open<T> = { -readonly [K in keyof T]: T[K] }

/** A device that is still being made: the hard cases bend it before it is handed out. */
export type Draft = Omit<Open<LabDevice>, 'views' | 'seenBy' | 'interfaces' | 'members' | 'oddities'> & {
  interfaces: LabInterface[]
  members: LabMember[]
  oddities: LabOddity[]
  views: { netdisco: Open<LabView>; librenms: Open<LabView> }
  seenBy: { netdisco: boolean; librenms: boolean }
}

/** What a draft is made from; `members` above 1 makes a stack. */
export interface DraftPlan {
  readonly product: LabProduct
  readonly id: number
  readonly seed: number
  readonly members?: number
}

/** What the views need to know beside the draft itself. */
export interface DraftParts {
  readonly product: LabProduct
  readonly model: LabModel
  readonly version: LabVersion
  readonly random: Random
}

const CEILING = new Set(['WAP', 'Camera', 'Smart TV', 'Wireless Bridge', 'Environment'])
const DESK = new Set(['Printer', 'Desktop', 'Phone'])

/** Makes one device of a family; its own generator keeps it the same whatever stands before it. */
export function draftDevice(plan: DraftPlan, allocation: Allocation): Draft {
  const { product, id } = plan
  const random = makeRandom(plan.seed * 1000003 + id * 8191)
  const model = random.pick(product.models)
  const version = random.pick(product.versions)
  const place = placeOf(product, random)
  const name = allocation.name(`${product.prefix}-${place.stem}`)
  const base = allocation.macBlock(random.pick(product.oui))
  const serials = serialsOf(plan, allocation, random)

  const draft: Omit<Draft, 'views' | 'seenBy'> = {
    id,
    hostname: `${name}.${DOMAIN}`,
    sysName: name,
    ip: allocation.address(place.room),
    vendor: product.vendor,
    model: model.name,
    version: version.librenms || null,
    serial: serials[0] ?? null,
    baseMac: baseMacOf(product, base),
    interfaces: layOutPorts(product, base, plan.members ?? 1),
    members: serials.length > 1 ? serials.map((serial, k) => memberOf(serial, model, k)) : [],
    description: '',
    sysObjectId: model.sysObjectId,
    layers: product.layers,
    snmpClass: product.snmpClass,
    location: place.text,
    contact: 'Lab staff <lab@lab.example>',
    assetType: product.assetType,
    oddities: serials.length > 1 ? ['stack'] : [],
    uptimeSeconds: random.between(3600, 40_000_000),
  }
  draft.description = describe(product.description, draft)
  if (!draft.serial && draft.baseMac) draft.oddities.push('mac_only')
  return makeViews(draft, { product, model, version, random })
}

function placeOf(product: LabProduct, random: Random) {
  const room = random.pick([2265, 2266])
  if (CEILING.has(product.assetType)) {
    return { room, stem: String(room), text: `Room ${room}, ceiling` }
  }
  if (DESK.has(product.assetType)) {
    return { room, stem: String(room), text: `Room ${room}, desk ${random.between(1, 24)}` }
  }
  const rack = `${random.pick(['A', 'B'])}${random.between(1, 4)}`
  return { room, stem: `${room}-${rack.toLowerCase()}`, text: `Room ${room}, rack ${rack}` }
}

function serialsOf(plan: DraftPlan, allocation: Allocation, random: Random): string[] {
  const pattern = plan.product.serial
  if (!pattern) return []
  return Array.from({ length: plan.members ?? 1 }, () => allocation.serial(pattern, random))
}

function memberOf(serial: string, model: LabModel, place: number): LabMember {
  return { serial, model: model.name, name: `Switch ${place + 1}` }
}

function describe(template: string, draft: Omit<Draft, 'views' | 'seenBy'>): string {
  return template
    .replaceAll('{model}', draft.model)
    .replaceAll('{version}', draft.version ?? '')
    .replaceAll('{serial}', draft.serial ?? '')
    .replaceAll('{name}', draft.sysName)
}
