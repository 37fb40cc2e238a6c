import { SourceError, type SourceErrorKind, type SourceLogger } from '@laim/sdk'
import type { NetdiscoClient } from './client.js'
import { parseInventoryRow } from './schema.js'
import { ChassisIndex } from './stacks.js'

/** What concerns the whole server and not the report alone: the read ends here. */
const FATAL: ReadonlySet<SourceErrorKind> = new Set([
  'auth',
  'cancelled',
  'internal',
  'rate_limited',
  'tls',
  'unreachable',
])

/**
 * The chassis of the whole estate, from one report. `index` is null when there is none: because the server
 * has no such report (`error` null too), or because reading it failed.
 */
export interface ChassisReading {
  readonly index: ChassisIndex | null
  readonly error: SourceError | null
}

export async function readChassis(client: NetdiscoClient, log: SourceLogger): Promise<ChassisReading> {
  try {
    const rows = await client.inventory()
    if (rows === null) return { index: null, error: null }
    const parsed = rows.map(parseInventoryRow).filter((row) => row !== null)
    return { index: new ChassisIndex(parsed), error: null }
  } catch (error) {
    if (!SourceError.is(error) || FATAL.has(error.kind)) throw error
    log.warn('device inventory report unreadable, stacks stay as they are', { code: error.code })
    return { index: null, error }
  }
}
