import { formatMac } from './allocation.ts'
import type { LabInterface } from './device.ts'
import type { LabProduct, PortPlan } from './product.ts'

const MOST = 64

/**
 * Lays out the ports of a box: those of a stack's members once a member, up to
 * 64 in all, each with the next address of the box's block where it has its own.
 */
export function layOutPorts(product: LabProduct, base: number, members: number): LabInterface[] {
  const ports: LabInterface[] = []
  const firstMember = product.os.librenms === 'junos' ? 0 : 1
  let own = base

  for (const plan of product.ports) {
    const copies = plan.name.includes('{m}') ? Math.max(1, members) : 1
    const count = copies > 1 ? Math.min(plan.count, Math.floor(48 / copies)) : plan.count
    for (let copy = 0; copy < copies; copy++) {
      for (let number = 0; number < count && ports.length < MOST; number++) {
        if (plan.mac === 'own') own += 1
        ports.push({
          index: ports.length + 1,
          name: nameOf(plan, number, firstMember + copy),
          type: plan.type,
          mac: macOf(plan, base, own),
        })
      }
    }
  }
  return ports
}

/** The address the box calls its own: the block's first if a port uses it, otherwise the first port's. */
export function baseMacOf(product: LabProduct, base: number): string | null {
  if (product.ports.length === 0) return null
  return formatMac(product.ports.some((plan) => plan.mac === 'base') ? base : base + 1)
}

function nameOf(plan: PortPlan, number: number, member: number): string {
  return plan.name.replace('{m}', String(member)).replace('{n}', String((plan.first ?? 1) + number))
}

function macOf(plan: PortPlan, base: number, own: number): string | null {
  if (plan.mac === 'none') return null
  if (plan.mac === 'zero') return '00:00:00:00:00:00'
  return formatMac(plan.mac === 'base' ? base : own)
}
