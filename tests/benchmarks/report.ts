import { loadavg } from 'node:os'
import { type Estate } from './devices.js'
import { type WorkResult } from './work.js'

/** One time everything. Null: left out. */
export interface Round {
  readonly import: WorkResult
  readonly rawImport: WorkResult | null
  readonly resync: WorkResult
  readonly floor: WorkResult | null
  readonly change: WorkResult
  readonly rawChange: WorkResult | null
}

const TITLES: Record<keyof Round, string> = {
  import: 'first import',
  rawImport: 'raw insert',
  resync: 'unchanged re-sync',
  floor: 'compare only',
  change: 'all changed',
  rawChange: 'raw upsert',
}

/** Prints the median round of each workload, and how many times the raw programs' time the engine took. */
export function printRounds(database: string, { devices, ports }: Estate, rounds: readonly Round[]): void {
  const head = `${database}: ${devices} devices, every fourth with ${ports} ports`
  console.log(`\n${head}, rounds=${rounds.length} load=${loadavg()[0]!.toFixed(1)}`)
  const keys = (Object.keys(TITLES) as (keyof Round)[]).filter((key) => rounds[0]?.[key])
  console.table(
    Object.fromEntries(
      keys.map((key) => [
        TITLES[key],
        figuresOf(
          rounds.flatMap((round) => round[key] ?? []),
          devices
        ),
      ])
    )
  )
  printRatio('first import / raw insert', rounds, 'import', ['rawImport'])
  printRatio('first import / compare and raw insert', rounds, 'import', ['floor', 'rawImport'])
  printRatio('unchanged re-sync / compare only', rounds, 'resync', ['floor'])
  printRatio('all changed / raw upsert', rounds, 'change', ['rawChange'])
  printRatio('all changed / compare and raw upsert', rounds, 'change', ['floor', 'rawChange'])
}

function figuresOf(results: readonly WorkResult[], devices: number): Record<string, number | string> {
  const result = [...results].sort((a, b) => a.wallMs - b.wallMs)[Math.floor(results.length / 2)]!
  const written = Object.entries(result.rows).filter(([table]) => /^assets?(_identifiers)?$/.test(table))
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

/** The median of the rounds' ratios to the sum of these raw programs, with the least and the most. */
function printRatio(
  title: string,
  rounds: readonly Round[],
  engine: 'import' | 'resync' | 'change',
  raw: readonly (keyof Round)[]
): void {
  const parts = (['wallMs', 'cpuMs'] as const).map((unit) => {
    const sums = rounds.map((round) => raw.reduce((sum, key) => sum + (round[key]?.[unit] ?? Number.NaN), 0))
    const ratios = rounds.map((round, index) => round[engine][unit] / sums[index]!).sort((a, b) => a - b)
    const [least, median, most] = [ratios[0]!, ratios[Math.floor(ratios.length / 2)]!, ratios.at(-1)!]
    return `${unit.slice(0, -2)} ${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`
  })
  if (rounds.every((round) => raw.every((key) => round[key]))) {
    console.log(`${title}: ${parts.join(', ')}`)
  }
}

function toMegabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}
