import { endlessPaging } from './errors.js'
import { ALL_PREFIXES, LIST_LIMIT, type NetdiscoClient } from './client.js'

/** Half a million devices: far beyond any Netdisco, near enough to end a loop. */
const MAX_PAGES = 1000

/**
 * Where to go on: the offset of the next page, or the index of the next prefix on a server without paging.
 * `listed` counts the devices up to here, `gaps` says what of them could not be read.
 */
export type NetdiscoCheckpoint = {
  form: 'pages' | 'prefixes'
  next: number
  listed: number
  gaps: string[]
}

/** One answer of the device list. */
export interface ListBatch {
  readonly rows: readonly unknown[]
  readonly form: NetdiscoCheckpoint['form']
  /** `next` of the checkpoint after this batch. */
  readonly next: number
  readonly isLast: boolean
}

/** Reads the device list in the way the server knows; the first answer tells which. */
export async function* listDevices(
  client: NetdiscoClient,
  from: NetdiscoCheckpoint | undefined
): AsyncGenerator<ListBatch> {
  if (from?.form === 'prefixes') return yield* listByPrefix(client, from.next)

  let offset = from?.next ?? 0
  for (let page = 0; page < MAX_PAGES; page++) {
    const rows = await client.listDevices(offset)
    if (rows === null) return yield* listByPrefix(client, 0)

    offset += LIST_LIMIT
    const isLast = rows.length < LIST_LIMIT
    yield { rows, form: 'pages', next: offset, isLast }
    if (isLast) return
  }
  throw endlessPaging(offset)
}

/** A device with addresses of both families is in both answers. */
async function* listByPrefix(client: NetdiscoClient, first: number): AsyncGenerator<ListBatch> {
  const last = ALL_PREFIXES.length - 1
  if (first > last) yield { rows: [], form: 'prefixes', next: first, isLast: true }
  for (const [index, prefix] of ALL_PREFIXES.entries()) {
    if (index < first) continue
    const rows = await client.listPrefix(prefix)
    yield { rows, form: 'prefixes', next: index + 1, isLast: index === last }
  }
}
