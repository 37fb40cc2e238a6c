import type { Normalizers } from '@laim/sdk'
import type { DevicePorts } from './port_macs.js'
import type { ChassisRow, DeviceRow } from './schema.js'

/** One chassis of a stack, as its inventory names it. */
export interface Member {
  readonly serial: string
  readonly model: string | null
  readonly name: string | null
  readonly maker: string | null
  readonly softwareVersion: string | null
}

/** What the inventory teaches about a device. */
export interface Composition {
  /** Two or more chassis with serials of their own; otherwise empty. */
  readonly members: readonly Member[]
  /** The serial of the one chassis; null for none and for a stack. */
  readonly serial: string | null
}

export const UNASKED: Composition = { members: [], serial: null }

/** What makers call several boxes under one name. `Stackable` and `SuperStack` are single boxes. */
const STACK_WORDS =
  /\bstack\b|\bcat\w*stack\b|\bvirtual chassis\b|\bvsf\b|\birf\b|\bmulti chassis\b|\bvirtual switch\b/i
/** Systems whose ports are named by box first; of others the first number is a slot. */
const NUMBERED_BOXES: ReadonlyMap<string, RegExp> = new Map([
  ['ios', /^(?:WS-)?C(?:1000|29|36|37|38)|^cat/i],
  ['iosxe', /^(?:WS-)?C(?:36|38|9[235])|^cat/i],
  ['arubaos-cx', /./],
  ['aos7', /^OS6/],
])

/** True when the inventory is worth a request: the answer decides, this only asks. */
export function mayBeStack(device: DeviceRow, ports: DevicePorts | undefined): boolean {
  const { hardware, sysDescr, os } = device
  if (STACK_WORDS.test(hardware ?? '') || STACK_WORDS.test(sysDescr ?? '')) return true
  const family = NUMBERED_BOXES.get(os ?? '')
  return (ports?.unitCount ?? 0) > 1 && (family?.test(hardware ?? '') ?? false)
}

/**
 * Distinct valid serials of class chassis. The row of class stack repeats the master's and counts only when no
 * chassis tells one; two serials or more make a stack.
 */
export function toComposition(rows: readonly ChassisRow[], normalize: Normalizers): Composition {
  const members = distinct(
    rows.filter((row) => !row.isStackRow),
    normalize
  )
  if (members.length > 1) return { members: members.map(withOwnName), serial: null }
  const [only] = members.length === 1 ? members : distinct(rows, normalize)
  return { members: [], serial: only?.serial ?? null }
}

/** A name that two members share (`Chassis`) names neither. */
function withOwnName(member: Member, place: number, all: readonly Member[]): Member {
  const isShared = all.some((other, at) => at !== place && other.name === member.name)
  return isShared ? { ...member, name: null } : member
}

function distinct(rows: readonly ChassisRow[], normalize: Normalizers): Member[] {
  const found = new Map<string, Member>()
  for (const row of rows) {
    const serial = normalize.serial(row.serial)
    if (!serial || found.has(serial)) continue
    const { model, name, maker, softwareVersion } = row
    found.set(serial, { serial, model, name, maker, softwareVersion })
  }
  return [...found.values()]
}
