import { loadavg } from 'node:os'
import { type WorkResult } from './work.js'

/** One time everything. */
export interface Round {
  readonly import: WorkResult
  readonly rawImport: WorkResult
  readonly resync: WorkResult
  readonly floor: WorkResult
}

const TITLES: Record<keyof Round, string> = {
  import: 'first import',
  rawImport: 'raw insert',
  resync: 'unchanged re-sync',
  floor: 'compare only',
}

/** Prints the median round of each workload, and how many times the raw programs' time the engine took. */
export function printRounds(database: string, devices: number, rounds: readonly Round[]): void {
  console.log(`\n${database}: ${devices} devices, rounds=${rounds.length} load=${loadavg()[0]!.toFixed(1)}`)
  console.table(
    Object.fromEntries(
      (Object.keys(TITLES) as (keyof Round)[]).map((key) => [
        TITLES[key],
        figuresOf(
          rounds.map((round) => round[key]),
          devices
        ),
      ])
    )
  )
  console.log(ratioLine('first import / raw insert', rounds, 'import', 'rawImport'))
  console.log(ratioLine('unchanged re-sync / compare only', rounds, 'resync', 'floor'))
}

function figuresOf(results: readonly WorkResult[], devices: number): Record<string, number | string> {
  const result = [...results].sort((a, b) => a.wallMs - b.wallMs)[Math.floor(results.length / 2)]!
  const written = Object.entries(result.rows).filter(([table]) => table.startsWith('asset'))
  return {
    'wall ms': Math.round(result.wallMs),
    'cpu ms': Math.round(result.cpuMs),
    'devices/s': Math.round((devices * 1000) / result.wallMs),
    'statements': result.statements ?? '',
    'asset rows': written.reduce((sum, [, count]) => sum + count, 0),
    'idle MB': toMegabytes(result.idleBytes),
    'peak MB': toMegabytes(result.peakBytes),
    'more MB': toMegabytes(result.peakBytes - result.idleBytes),
  }
}

/** The median of the rounds' ratios, with the least and the most. */
function ratioLine(title: string, rounds: readonly Round[], engine: keyof Round, raw: keyof Round): string {
  const parts = (['wallMs', 'cpuMs'] as const).map((unit) => {
    const ratios = rounds.map((round) => round[engine][unit] / round[raw][unit]).sort((a, b) => a - b)
    const [least, median, most] = [ratios[0]!, ratios[Math.floor(ratios.length / 2)]!, ratios.at(-1)!]
    return `${unit.slice(0, -2)} ${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`
  })
  return `${title}: ${parts.join(', ')}`
}

function toMegabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}
