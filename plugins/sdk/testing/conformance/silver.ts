import { SourceError, type SourceErrorKind } from '../../main.ts'
import type { Bench, Check, PeerFault } from './bench.ts'
import { isComplete, readBench, whileFaulty } from './read_bench.ts'

const SETTLES_MS = 5_000

/** Survives. */
export const SILVER: readonly Check[] = [
  ...(
    [
      ['refuse', 'refused credentials', ['auth']],
      ['fail', 'a failing server', ['unavailable']],
      ['html', 'a page instead of data', ['bad_payload']],
      ['truncate', 'an answer that is cut off', ['bad_payload', 'unreachable']],
      ['hang_up', 'a server that hangs up', ['unreachable']],
    ] as const
  ).map(([fault, what, kinds]) => toReadFault(fault, what, kinds)),
  {
    id: 'read.fault_later',
    tier: 'silver',
    title: 'A reading that breaks half-way never says that it is complete',
    async run(bench) {
      const total = await countRequests(bench)
      const places = [...new Set([1, 2, 3, Math.floor(total / 2), total - 1])].filter((at) => at > 0 && at < total)
      for (const at of places) {
        if (isComplete(await whileFaulty(bench, 'fail', at, () => readBench(bench)))) {
          return `request ${at + 1} of ${total} failed for good, and it calls itself complete`
        }
      }
      return null
    },
  },
  {
    id: 'read.abort',
    tier: 'silver',
    title: 'A reading that is stopped ends within 5 seconds',
    async run({ plugin, open }) {
      const { context, abort, close } = await open()
      const reading = plugin.discover(context, { mode: 'full', pageSize: 1 })[Symbol.asyncIterator]()
      try {
        await reading.next()
        abort()
        const isOver = drain(reading).then(() => true)
        const late = new Promise<boolean>((resolve) => setTimeout(resolve, SETTLES_MS, false).unref())
        return (await Promise.race([isOver, late])) ? null : 'it goes on'
      } finally {
        await close()
      }
    },
  },
  {
    id: 'read.resume',
    tier: 'silver',
    title: 'A reading goes on after each of its checkpoints and misses nothing',
    async run(bench) {
      if (!bench.plugin.manifest.capabilities.resumable) return { skip: 'the source is not resumable' }
      const { pages } = await readBench(bench, { pageSize: 20 })
      const ids = (some: typeof pages) => some.flatMap(({ observations }) => observations.map((one) => one.nativeId))
      for (const [index, { checkpoint }] of pages.entries()) {
        if (!checkpoint) continue
        const resumeAfter = JSON.parse(JSON.stringify(checkpoint))
        const rest = await readBench(bench, { pageSize: 20, resumeAfter })
        const seen = new Set([...ids(pages.slice(0, index + 1)), ...ids(rest.pages)])
        const lost = ids(pages).find((id) => !seen.has(id))
        if (rest.error) return `it cannot go on after page ${index + 1}: ${String(rest.error)}`
        if (lost !== undefined) return `after page ${index + 1} it misses "${lost}"`
      }
      return null
    },
  },
]

function toReadFault(fault: PeerFault, what: string, kinds: readonly SourceErrorKind[]): Check {
  return {
    id: `read.${fault}`,
    tier: 'silver',
    title: `A reading that meets ${what} says so`,
    async run(bench) {
      const { error } = await whileFaulty(bench, fault, 0, () => readBench(bench))
      if (error === null) return 'it ends as if nothing had happened'
      if (!SourceError.is(error)) return `it throws no SourceError: ${String(error)}`
      return kinds.includes(error.kind) ? null : `it calls it "${error.kind}" instead of "${kinds[0]}"`
    },
  }
}

async function countRequests(bench: Bench): Promise<number> {
  const before = bench.peer.requests.length
  await readBench(bench)
  return bench.peer.requests.length - before
}

/** Being told to stop, it may end or throw. */
async function drain(reading: AsyncIterator<unknown>): Promise<void> {
  try {
    for (let { done } = await reading.next(); !done; { done } = await reading.next()) {
      // What still comes is thrown away.
    }
  } catch {
    // Thrown is settled, too.
  }
}
