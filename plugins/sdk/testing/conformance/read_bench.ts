import type { DiscoverRequest, ObservationPage } from '../../main.ts'
import type { Bench, PeerFault } from './bench.ts'

const MOST_PAGES = 10_000

/** What came of one reading: its pages, and what was thrown. */
export interface BenchRead {
  readonly pages: readonly ObservationPage[]
  readonly error: unknown
}

/** Reads to the end, or until something is thrown. */
export async function readBench(bench: Bench, request: Partial<DiscoverRequest> = {}): Promise<BenchRead> {
  const { context, close } = await bench.open()
  const pages: ObservationPage[] = []
  try {
    for await (const page of bench.plugin.discover(context, { mode: 'full', pageSize: 500, ...request })) {
      pages.push(page)
      if (pages.length > MOST_PAGES) {
        throw new Error(`it still yields after ${MOST_PAGES} pages`)
      }
    }
    return { pages, error: null }
  } catch (error) {
    return { pages, error }
  } finally {
    await close()
  }
}

/** Does it while the peer is disturbed, and lets the peer be well again. */
export async function whileFaulty<T>(
  bench: Bench,
  fault: PeerFault,
  after: number,
  work: () => Promise<T>
): Promise<T> {
  Object.assign(bench.peer, { fault, faultAfter: after })
  try {
    return await work()
  } finally {
    Object.assign(bench.peer, { fault: null, faultAfter: 0 })
  }
}

/** True if the reading said that it saw everything. */
export function isComplete({ pages, error }: BenchRead): boolean {
  return error === null && pages.at(-1)?.final?.coverage === 'complete'
}
