import type {
  Completion,
  DiscoverRequest,
  Observation,
  ObservationPage,
  RejectedRecord,
  SourceContext,
} from '@laim/sdk'
import { LIST_LIMIT, NetdiscoClient } from './client.js'
import type { NetdiscoConfig } from './config.js'
import { endlessPaging } from './errors.js'
import { FactFinder } from './find_facts.js'
import { listDevices, type ListBatch, type NetdiscoCheckpoint } from './list_devices.js'
import { toObservations } from './map.js'
import { readChassis } from './read_chassis.js'
import { parseDevice, type DeviceRow } from './schema.js'

/** A checkpoint stays small; one gap is enough to make a read partial. */
const MAX_GAPS = 5

type Page = ObservationPage<NetdiscoCheckpoint>

/**
 * Reads every device once: the list in pages of 500 and, once the first page has come, the chassis report. A
 * page of core may be smaller than one of Netdisco; its checkpoint then comes with the last of the pages made
 * of it.
 */
export async function* discover(
  context: SourceContext<NetdiscoConfig>,
  request: DiscoverRequest<NetdiscoCheckpoint>
): AsyncGenerator<Page> {
  const client = new NetdiscoClient(context.http, context.config)
  const known = new Set<string>()
  const resumed = request.resumeAfter
  let facts: FactFinder | null = null
  for await (const batch of listDevices(client, resumed)) {
    const { devices, rejected } = takeNew(batch, known)
    const listed = (resumed?.listed ?? 0) + known.size
    context.progress({ phase: 'reading devices', done: listed })
    facts ??= new FactFinder(client, context, await readChassis(client, context.log))

    const observations: Observation[] = []
    for (const { device, found } of await facts.find(devices)) {
      observations.push(
        ...toObservations(device, found, {
          normalize: context.normalize,
          baseUrl: context.config.baseUrl,
          now: context.clock.now(),
        })
      )
    }

    const gaps = [...new Set([...(resumed?.gaps ?? []), ...facts.gaps])].slice(0, MAX_GAPS)
    const checkpoint = { form: batch.form, next: batch.next, listed, gaps }
    const final = batch.isLast ? toCompletion(gaps, listed, facts.reportedDevices) : null
    yield* toPages(observations, { rejected, checkpoint, progress: { done: listed } }, final, request.pageSize)
  }
}

/** The batch's devices that no earlier batch had; a renamed device may come on two pages. */
function takeNew(batch: ListBatch, known: Set<string>): { devices: DeviceRow[]; rejected: RejectedRecord[] } {
  const devices: DeviceRow[] = []
  const rejected: RejectedRecord[] = []
  for (const row of batch.rows) {
    const device = parseDevice(row)
    if (!device) {
      rejected.push({
        code: 'E_NETDISCO_ROW_WITHOUT_ADDRESS',
        message: 'A device row has no usable "ip".',
      })
    } else if (!known.has(device.ip)) {
      known.add(device.ip)
      devices.push(device)
    }
  }

  const isStuck = batch.form === 'pages' && !batch.isLast && devices.length === 0
  if (isStuck) throw endlessPaging(batch.next - LIST_LIMIT)
  return { devices, rejected }
}

/**
 * Complete only when nothing is known to be left out. The report speaks of each device of the list, so a
 * shorter list ended too early.
 */
function toCompletion(gaps: readonly string[], listed: number, reported: number): Completion<NetdiscoCheckpoint> {
  const reasons = [...gaps]
  if (listed < reported) {
    reasons.push(`The device list has ${listed} devices and the inventory report ${reported}.`)
  }
  return reasons.length > 0 ? { coverage: 'partial', reason: reasons.join(' ') } : { coverage: 'complete' }
}

/** At least one page, so that an empty list is said too; what closes the batch is on the last. */
function* toPages(
  observations: readonly Observation[],
  closing: Omit<Page, 'observations' | 'final'>,
  final: Completion<NetdiscoCheckpoint> | null,
  pageSize: number
): Generator<Page> {
  let start = 0
  while (observations.length - start > pageSize) {
    yield { observations: observations.slice(start, start + pageSize) }
    start += pageSize
  }
  yield { observations: observations.slice(start), ...closing, ...(final && { final }) }
}
