import type { Checkpoint, SourceContext } from '@laim/sdk'
import type { LibrenmsClient } from './client.js'
import type { LibrenmsConfig } from './config.js'
import { isOfOneDevice, leavesGap } from './failures.js'
import type { DevicePorts } from './port_macs.js'
import { parseChassis, type DeviceRow } from './schema.js'
import { mayBeStack, toComposition, type Composition } from './stacks.js'

/** What the inventory of the asked devices taught, by device id; `gap` says why some is missing. */
export interface InventoryReading {
  readonly compositionOf: ReadonlyMap<string, Composition>
  /** Devices that had to be asked and were not. */
  readonly unanswered: ReadonlySet<string>
  readonly gap: string | null
  readonly mark: InventoryMark
}

/** LibreNMS has no inventory of all devices: each costs a request. */
const MAX_STACKS = 500
const MAX_WITHOUT_SERIAL = 50
/** Types that have an ENTITY-MIB at all often enough. */
const WORTH_ASKING = new Set(['network', 'firewall', 'wireless', 'loadbalancer', 'storage'])

/** The devices without a serial that were asked, by id: they are asked again, so that what was learned stays. */
export interface InventoryMark extends Checkpoint {
  readonly asked: string[]
}

/**
 * Asks for the inventory of what may be a stack, and of at most 50 devices without a serial: the same ones in every run,
 * and at first those with the lowest ids. What one run learned is not lost because the next one asked others: a device
 * that is added takes no other's place, and one that is not listed keeps its own until `asked` is remembered without it.
 */
export async function readInventory(
  client: LibrenmsClient,
  context: SourceContext<LibrenmsConfig>,
  devices: readonly DeviceRow[],
  portsOf: ReadonlyMap<string, DevicePorts>,
  remembered: readonly string[]
): Promise<InventoryReading> {
  const { stacks, withoutSerial } = chooseDevices(devices, portsOf, remembered, context)
  const asked = [...stacks, ...withoutSerial]
  const compositionOf = new Map<string, Composition>()
  const unanswered = new Set(asked.map((device) => device.id))
  let gap: string | null = null

  for (const device of asked) {
    try {
      const rows = await client.inventory(device.id)
      const chassis = rows.map(parseChassis).filter((row) => row !== null)
      compositionOf.set(device.id, toComposition(chassis, context.normalize))
      unanswered.delete(device.id)
      context.progress({ phase: 'reading inventory', done: compositionOf.size, total: asked.length })
    } catch (error) {
      if (!leavesGap(error)) throw error
      context.log.warn('an inventory could not be read', { device: device.id, code: error.code })
      gap ??= `The inventory of some devices could not be read: ${error.message}`
      if (!isOfOneDevice(error)) break
    }
  }
  return { compositionOf, unanswered, gap, mark: { asked: withoutSerial.map((device) => device.id) } }
}

function chooseDevices(
  devices: readonly DeviceRow[],
  portsOf: ReadonlyMap<string, DevicePorts>,
  remembered: readonly string[],
  { normalize }: SourceContext<LibrenmsConfig>
): { stacks: DeviceRow[]; withoutSerial: DeviceRow[] } {
  const askable = devices.filter((device) => !device.isPingOnly)
  const stacks = askable.filter((device) => mayBeStack(device, portsOf.get(device.id))).slice(0, MAX_STACKS)
  const isStack = new Set(stacks)
  const withoutSerial = askable
    .filter((device) => !isStack.has(device) && WORTH_ASKING.has(device.type ?? ''))
    .filter((device) => !normalize.serial(device.serial))
  return { stacks, withoutSerial: keepPlaces(devices, withoutSerial, new Set(remembered)) }
}

/** Those that have a place, and others for the places that are free. Who is not listed now keeps its place. */
function keepPlaces(
  listed: readonly DeviceRow[],
  candidates: readonly DeviceRow[],
  remembered: ReadonlySet<string>
): DeviceRow[] {
  const again = candidates.filter((device) => remembered.has(device.id))
  const rememberedAndListed = listed.filter((device) => remembered.has(device.id))
  const unlisted = remembered.size - rememberedAndListed.length
  const free = Math.max(0, MAX_WITHOUT_SERIAL - again.length - unlisted)
  const others = candidates.filter((device) => !remembered.has(device.id))
  return [...again, ...others.slice(0, free)]
}
