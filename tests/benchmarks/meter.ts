import { readFileSync, writeFileSync } from 'node:fs'

/** What a piece of work took. */
export interface Measurement {
  readonly wallMs: number
  /** Processor time of this process, and of the database's processes that worked for it. */
  readonly cpuMs: number
  /** Resident memory of this process before the work, and the most there was during it. */
  readonly idleBytes: number
  readonly peakBytes: number
}

const CLOCK_TICKS_PER_SECOND = 100

/** Measures a piece of work. `servers` tells the processes that work for this one, before and after. */
export async function measure(
  work: () => Promise<unknown>,
  servers: () => Promise<readonly number[]> = async () => []
): Promise<Measurement> {
  const before = serverTimes(await servers())
  forgetPeak()
  const idleBytes = process.memoryUsage.rss()
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  await work()
  const wallMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpu)
  const peakBytes = peakOf()

  const after = serverTimes(await servers())
  const serverMs = [...after].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0)
  return { wallMs, cpuMs: (user + system) / 1000 + serverMs, idleBytes, peakBytes }
}

/** Linux starts counting the most resident memory anew; elsewhere the start of the process counts. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    // The peak then includes the start, which takes less than what is measured.
  }
}

function peakOf(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readOrEmpty('/proc/self/status'))?.[1]
  return Number(kilobytes ?? process.resourceUsage().maxRSS) * 1024
}

/** Processor time of other processes in milliseconds; nothing where the system does not tell. */
export function serverTimes(pids: readonly number[]): Map<number, number> {
  return new Map(
    pids.map((pid) => {
      const fields = readOrEmpty(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? []
      const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
      return [pid, (ticks * 1000) / CLOCK_TICKS_PER_SECOND]
    })
  )
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
