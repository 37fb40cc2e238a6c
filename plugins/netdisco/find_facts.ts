import { SourceError, type SourceContext } from '@laim/sdk'
import type { NetdiscoClient } from './client.js'
import type { DeviceFacts } from './map.js'
import { findBaseMac, findPortMacs } from './own_mac.js'
import type { ChassisReading } from './read_chassis.js'
import { parseChassisModule, parsePort, type DeviceRow } from './schema.js'
import { mayBeStack, SINGLE_BOX, toComposition, type Composition } from './stacks.js'

/** Requests a run may spend on single devices, for each of the two kinds. */
const MAX_PORT_READS = 50
const MAX_MODULE_READS = 50

type FactContext = Pick<SourceContext<object>, 'normalize' | 'log'>

/**
 * Finds what a device's row does not say, with as few requests as can be: none for a device that has an
 * address of its own on a server that has the chassis report.
 */
export class FactFinder {
  readonly #client: NetdiscoClient
  readonly #context: FactContext
  readonly #chassis: ChassisReading
  readonly #gaps = new Set<string>()
  #portReads = 0
  #moduleReads = 0

  constructor(client: NetdiscoClient, context: FactContext, chassis: ChassisReading) {
    this.#client = client
    this.#context = context
    this.#chassis = chassis
    if (chassis.error) this.#gaps.add(`Stacks could not be told apart: ${chassis.error.message}`)
  }

  /** Sentences that say what could not be read; none when the reading is whole. */
  get gaps(): readonly string[] {
    return [...this.#gaps]
  }

  /** How many devices the inventory report speaks of; 0 without one. */
  get reportedDevices(): number {
    return this.#chassis.index?.deviceCount ?? 0
  }

  async find(devices: readonly DeviceRow[]): Promise<{ device: DeviceRow; found: DeviceFacts }[]> {
    const portMacs = await this.#findPortMacs(devices)
    const results: { device: DeviceRow; found: DeviceFacts }[] = []
    for (const device of devices) {
      const composition = await this.#findComposition(device)
      results.push({
        device,
        found: {
          composition: composition ?? SINGLE_BOX,
          portMacs: portMacs.get(device.ip) ?? [],
          serialUncertain: composition === null,
        },
      })
    }
    return results
  }

  /** Devices without a serial come first: for them an address is the only evidence. */
  async #findPortMacs(devices: readonly DeviceRow[]): Promise<Map<string, string[]>> {
    const { normalize } = this.#context
    const wanting = devices.filter((device) => !device.isPseudo && !findBaseMac(device, normalize))
    const [without, having] = [
      wanting.filter((device) => !normalize.serial(device.serial)),
      wanting.filter((device) => normalize.serial(device.serial)),
    ]

    const found = new Map<string, string[]>()
    for (const device of [...without, ...having]) {
      if (this.#portReads >= MAX_PORT_READS) break
      this.#portReads++
      const rows = await this.#read(() => this.#client.ports(device.ip), device, 'ports')
      const ports = (rows ?? []).map(parsePort).filter((port) => port !== null)
      found.set(device.ip, findPortMacs(ports, normalize))
    }
    return found
  }

  /** Null when the device may be a stack and its members could not be read. */
  async #findComposition(device: DeviceRow): Promise<Composition | null> {
    const { normalize } = this.#context
    if (this.#chassis.index) return toComposition(this.#chassis.index.chassisOf(device), normalize)
    if (!mayBeStack(device, normalize)) return SINGLE_BOX
    if (this.#chassis.error) return null

    if (this.#moduleReads >= MAX_MODULE_READS) {
      this.#gaps.add(`More than ${MAX_MODULE_READS} devices may be stacks; the rest was not asked.`)
      return null
    }
    this.#moduleReads++
    const rows = await this.#read(() => this.#client.modules(device.ip), device, 'modules')
    if (!rows) return null
    const chassis = rows.map((row) => parseChassisModule(device, row)).filter((row) => row !== null)
    return toComposition(chassis, normalize)
  }

  /** One device that cannot be read must not end the run; the run then is not complete. */
  async #read(
    request: () => Promise<unknown[]>,
    device: DeviceRow,
    kind: 'ports' | 'modules'
  ): Promise<unknown[] | null> {
    try {
      return await request()
    } catch (error) {
      if (!SourceError.is(error) || !ONE_DEVICE.has(error.kind)) throw error
      this.#context.log.warn('device could not be read closer', {
        ip: device.ip,
        kind,
        code: error.code,
      })
      this.#gaps.add(`The ${kind} of some devices could not be read: ${error.message}`)
      return null
    }
  }
}

/** Failures that may concern one device only. */
const ONE_DEVICE: ReadonlySet<string> = new Set(['bad_payload', 'permission', 'timeout', 'unavailable', 'config'])
