import type { Bench, Check, Tier } from './bench.ts'
import { BRONZE } from './bronze.ts'
import { GOLD } from './gold.ts'
import { SILVER } from './silver.ts'

/** Version of this kit; it moves apart from the contract's. */
export const KIT_VERSION = '1.0.0'

const TIERS = ['bronze', 'silver', 'gold'] as const

export interface CheckResult extends Omit<Check, 'run'> {
  readonly status: 'pass' | 'fail' | 'skip'
  /** Why it failed, or was passed over. */
  readonly message: string | null
}

/** What a plugin was found to keep of the contract. */
export interface Certificate {
  readonly plugin: string
  readonly version: string
  readonly contract: string
  readonly kit: string
  readonly passed: boolean
  /** The highest tier all of whose checks, and all below, pass. */
  readonly tier: Tier | null
  readonly checks: readonly CheckResult[]
}

/** Holds a plugin against every check, one after the other. */
export async function certify(bench: Bench): Promise<Certificate> {
  const { id, version, contract } = bench.plugin.manifest
  const checks: CheckResult[] = []
  for (const check of [...BRONZE, ...SILVER, ...GOLD]) {
    checks.push(await runCheck(check, bench))
  }
  const failed = checks.filter(({ status }) => status === 'fail').map(({ tier }) => tier)
  const reached = TIERS.slice(0, Math.min(...failed.map((tier) => TIERS.indexOf(tier)), TIERS.length))
  return {
    plugin: id,
    version,
    contract,
    kit: KIT_VERSION,
    passed: failed.length === 0,
    tier: reached.at(-1) ?? null,
    checks,
  }
}

async function runCheck({ id, tier, title, run }: Check, bench: Bench): Promise<CheckResult> {
  const head = { id, tier, title }
  try {
    const outcome = await run(bench)
    if (outcome === null) {
      return { ...head, status: 'pass', message: null }
    }
    return typeof outcome === 'string'
      ? { ...head, status: 'fail', message: outcome }
      : { ...head, status: 'skip', message: outcome.skip }
  } catch (error) {
    return { ...head, status: 'fail', message: error instanceof Error ? error.message : String(error) }
  }
}
