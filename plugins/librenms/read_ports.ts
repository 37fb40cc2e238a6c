import type { SourceContext, SourceError } from '@laim/sdk'
import type { LibrenmsClient } from './client.js'
import type { LibrenmsConfig } from './config.js'
import { isOfOneDevice, leavesGap } from './failures.js'
import { DevicePorts } from './port_macs.js'
import { parsePort, type DeviceRow } from './schema.js'

/** The ports of the devices that could be read, by device id; `gap` says why some are missing. */
export interface PortReading {
  readonly portsOf: ReadonlyMap<string, DevicePorts>
  readonly gap: string | null
}

/** Devices that are asked one by one when the list of all ports fails. */
const MAX_SINGLE_READS = 200

/**
 * Reads the ports of all devices in one answer. LibreNMS holds that whole list in PHP's memory, so on a large estate
 * it may fail where everything else works: then devices are asked one by one, those first that only an address can
 * identify, and what is still missing is a gap that keeps the read from being complete.
 */
export async function readPorts(
  client: LibrenmsClient,
  context: SourceContext<LibrenmsConfig>,
  devices: ReadonlyMap<string, DeviceRow>
): Promise<PortReading> {
  try {
    return { portsOf: await readAllPorts(client, context, devices), gap: null }
  } catch (error) {
    if (!leavesGap(error)) throw error
    context.log.warn('the list of all ports could not be read', { code: error.code })
    return error.kind === 'permission'
      ? { portsOf: new Map(), gap: `The ports could not be read: ${error.message}` }
      : readOneByOne(client, context, devices, error)
  }
}

async function readAllPorts(
  client: LibrenmsClient,
  context: SourceContext<LibrenmsConfig>,
  devices: ReadonlyMap<string, DeviceRow>
): Promise<Map<string, DevicePorts>> {
  const portsOf = new Map<string, DevicePorts>()
  let done = 0
  for await (const row of client.ports()) {
    const port = parsePort(row)
    if (port.deviceId && devices.has(port.deviceId)) {
      let ports = portsOf.get(port.deviceId)
      if (!ports) portsOf.set(port.deviceId, (ports = new DevicePorts()))
      ports.add(port)
    }
    done++
    if (done % 10_000 === 0) context.progress({ phase: 'reading ports', done })
  }
  return new Map([...devices.keys()].map((id) => [id, portsOf.get(id) ?? new DevicePorts()]))
}

async function readOneByOne(
  client: LibrenmsClient,
  context: SourceContext<LibrenmsConfig>,
  devices: ReadonlyMap<string, DeviceRow>,
  cause: SourceError
): Promise<PortReading> {
  const portsOf = new Map<string, DevicePorts>()
  const needy = (device: DeviceRow) => (context.normalize.serial(device.serial) ? 1 : 0)
  const queue = [...devices.values()].sort((one, other) => needy(one) - needy(other))
  const asked = queue.slice(0, MAX_SINGLE_READS)

  for (const device of asked) {
    try {
      const ports = new DevicePorts()
      for (const row of await client.portsOf(device.id)) ports.add(parsePort(row))
      portsOf.set(device.id, ports)
      context.progress({ phase: 'reading ports', done: portsOf.size, total: asked.length })
    } catch (error) {
      if (!leavesGap(error)) throw error
      if (!isOfOneDevice(error)) break
    }
  }

  const missing = devices.size - portsOf.size
  const gap = `The ports of ${missing} devices could not be read: ${cause.message}`
  return { portsOf, gap: missing > 0 ? gap : null }
}
