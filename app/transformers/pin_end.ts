import { type Pinning } from '#services/inventory/pin_field'

/** How long a pin holds, in the words of the inventory. A date means midnight in UTC. */
export function toPinEnd(until: string | undefined): Pick<Pinning, 'until' | 'untilAt'> {
  if (until === undefined || until === 'always' || until === 'source_change') {
    return { until: until ?? 'always' }
  }
  return { until: 'date', untilAt: new Date(until).toISOString() }
}
