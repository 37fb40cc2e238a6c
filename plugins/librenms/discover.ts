import type { DiscoverRequest, Observation, ObservationPage, RejectedRecord, SourceContext } from '@laim/sdk'
import { LibrenmsClient } from './client.js'
import type { LibrenmsConfig } from './config.js'
import { toObservations } from './map.js'
import { readInventory, type InventoryMark } from './read_inventory.js'
import { readPorts } from './read_ports.js'
import { parseDevice, type DeviceRow } from './schema.js'
import { UNASKED } from './stacks.js'

/**
 * Reads every device once: the list of devices, the list of all ports, and the inventory of a few. The device list
 * comes first and is kept, boiled down: when it fails, the run fails before anything else is asked.
 */
export async function* discover(
  context: SourceContext<LibrenmsConfig>,
  request: DiscoverRequest<InventoryMark>
): AsyncGenerator<ObservationPage<InventoryMark>> {
  const client = new LibrenmsClient(context.http, context.config)
  const { devices, rejected } = await readDevices(client, context)
  const ports = await readPorts(client, context, devices)
  const listed = [...devices.values()]
  const inventory = await readInventory(client, context, listed, ports.portsOf, request.since?.asked ?? [])
  const gaps = [ports.gap, inventory.gap].filter((gap) => gap !== null)

  const mapping = {
    normalize: context.normalize,
    baseUrl: context.config.baseUrl,
    now: context.clock.now(),
  }
  const observations: Observation[] = []
  for (const device of listed) {
    const facts = {
      ports: ports.portsOf.get(device.id) ?? null,
      composition: inventory.compositionOf.get(device.id) ?? UNASKED,
      isUncertain: inventory.unanswered.has(device.id),
    }
    observations.push(...toObservations(device, facts, mapping))
    while (observations.length > request.pageSize) {
      yield { observations: observations.splice(0, request.pageSize) }
    }
  }

  yield {
    observations,
    rejected,
    progress: { done: listed.length, total: listed.length },
    final:
      gaps.length > 0
        ? { coverage: 'partial', reason: gaps.join(' ') }
        : { coverage: 'complete', next: inventory.mark },
  }
}

/** The devices by id, in the order of their ids; LibreNMS promises none. */
async function readDevices(client: LibrenmsClient, context: SourceContext<LibrenmsConfig>) {
  const found: DeviceRow[] = []
  const rejected: RejectedRecord[] = []
  for await (const row of client.devices()) {
    const device = parseDevice(row)
    if (device) found.push(device)
    else rejected.push({ code: 'E_LIBRENMS_ROW_WITHOUT_ID', message: 'A device row has no usable "device_id".' })
    if (found.length % 1000 === 0) context.progress({ phase: 'reading devices', done: found.length })
  }
  found.sort((one, other) => Number(one.id) - Number(other.id))
  return { devices: new Map(found.map((device) => [device.id, device])), rejected }
}
