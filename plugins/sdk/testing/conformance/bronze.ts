import { SourceError, type CheckReport, type Observation, type SourceErrorKind } from '../../main.ts'
import { findContractFaults } from '../contract_faults.ts'
import type { Bench, Check, PeerFault } from './bench.ts'
import { isComplete, readBench, whileFaulty } from './read_bench.ts'

/** Loads, and tells the truth. */
export const BRONZE: readonly Check[] = [
  {
    id: 'config.titles',
    tier: 'bronze',
    title: 'Every setting has a title',
    async run({ plugin }) {
      const schema = plugin.config.validator.toJSONSchema() as { properties?: Record<string, { title?: string }> }
      const bare = Object.entries(schema.properties ?? {}).filter(([, { title }]) => !title)
      return bare.length > 0 ? `without a title: ${bare.map(([name]) => name).join(', ')}` : null
    },
  },
  {
    id: 'config.fingerprint',
    tier: 'bronze',
    title: 'The fingerprint is stable and holds no secret',
    async run({ plugin, settings }) {
      const one = plugin.config.fingerprint(settings as never)
      const secrets = plugin.config.secrets.map((key) => String(settings[key]))
      if (one !== plugin.config.fingerprint({ ...settings } as never)) return 'it differs for the same settings'
      return secrets.some((secret) => one.includes(secret)) ? 'it contains a secret' : null
    },
  },
  {
    id: 'check.well',
    tier: 'bronze',
    title: 'The connection test passes where all is well',
    async run(bench) {
      const { ok, steps } = await check(bench)
      return ok ? null : steps.map(({ message }) => message).join(' ')
    },
  },
  ...(
    [
      ['refuse', 'refused credentials', ['auth']],
      ['forbid', 'a lack of rights', ['permission', 'auth']],
      ['fail', 'a failing server', ['unavailable']],
      ['hang_up', 'a server that hangs up', ['unreachable']],
    ] as const
  ).map(([fault, what, kinds]) => toCheckFault(fault, what, kinds)),
  {
    id: 'read.whole',
    tier: 'bronze',
    title: 'A whole reading finds something and says that it is complete',
    async run(bench) {
      const read = await readBench(bench)
      if (read.error) return String(read.error)
      if (read.pages.every(({ observations }) => observations.length === 0)) return 'it found nothing'
      return isComplete(read) ? null : 'its last page does not say that the coverage is complete'
    },
  },
  {
    id: 'read.rules',
    tier: 'bronze',
    title: 'Manifest, pages and observations keep the rules',
    async run(bench) {
      const { pages } = await readBench(bench)
      const [first, ...others] = findContractFaults(bench.plugin, pages)
      return first ? `${first.rule}: ${first.message}${others.length > 0 ? ` and ${others.length} more` : ''}` : null
    },
  },
  {
    id: 'read.page_size',
    tier: 'bronze',
    title: 'No page is larger than asked for',
    async run(bench) {
      const { pages } = await readBench(bench, { pageSize: 7 })
      const large = pages.find(({ observations }) => observations.length > 7)
      return large ? `a page of 7 has ${large.observations.length} observations` : null
    },
  },
  {
    id: 'read.stable',
    tier: 'bronze',
    title: 'The same data read again says the same',
    async run(bench) {
      const [one, two] = [await readBench(bench), await readBench(bench, { pageSize: 7 })]
      return toText(one.pages.flatMap(observed)) === toText(two.pages.flatMap(observed)) ? null : 'two readings differ'
    },
  },
  {
    id: 'read.normal',
    tier: 'bronze',
    title: 'Addresses and serials are canonical, as the context writes them',
    async run(bench) {
      const { context, close } = await bench.open()
      await close()
      const { pages } = await readBench(bench)
      const { mac, serial, ip } = context.normalize
      const readers: Record<string, (value: unknown) => string | null> = { mac, serial, ip }
      const odd = pages
        .flatMap(observed)
        .flatMap(({ identifiers }) => identifiers)
        .find(({ kind, value }) => readers[kind] && readers[kind](value) !== value)
      return odd ? `the ${odd.kind} "${odd.value}" is not canonical` : null
    },
  },
]

function toCheckFault(fault: PeerFault, what: string, kinds: readonly SourceErrorKind[]): Check {
  return {
    id: `check.${fault}`,
    tier: 'bronze',
    title: `The connection test tells ${what}`,
    async run(bench) {
      const { ok, steps } = await whileFaulty(bench, fault, 0, () => check(bench))
      const kind = steps.find(({ status }) => status === 'fail')?.error?.kind
      if (ok || !kind) return 'it passes'
      return kinds.includes(kind) ? null : `it calls it "${kind}" instead of "${kinds[0]}"`
    },
  }
}

/** What is thrown for an expected failure is a fault of the plugin's. */
async function check(bench: Bench): Promise<CheckReport> {
  const { context, close } = await bench.open()
  try {
    return await bench.plugin.check(context)
  } catch (error) {
    const reason = SourceError.is(error) ? error.message : String(error)
    throw new Error(`the connection test throws instead of reporting: ${reason}`, { cause: error })
  } finally {
    await close()
  }
}

function observed(page: { readonly observations: readonly Observation[] }): readonly Observation[] {
  return page.observations
}

/** Without what may differ between two readings, in the order of the keys. */
function toText(observations: readonly Observation[]): string {
  const plain = observations.map(({ observedAt: _at, raw: _raw, href: _href, ...rest }) => JSON.stringify(rest))
  return plain.sort().join('\n')
}
