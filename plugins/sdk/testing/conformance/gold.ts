import type { Check } from './bench.ts'
import { readBench, whileFaulty } from './read_bench.ts'

const LOOKS_SECRET = /pass|token|secret|community|api_?key|auth(name|algo)/i
const SIGNING_IN = /login|logout|token|session|auth/i
const FREE_REQUESTS = 50
const REQUESTS_PER_RECORD = 3

/** Behaves. */
export const GOLD: readonly Check[] = [
  {
    id: 'quiet.stopped',
    tier: 'gold',
    title: 'A reading that was stopped before it began asks nothing',
    async run({ plugin, peer, open }) {
      const { context, abort, close } = await open()
      const before = peer.requests.length
      abort()
      try {
        await plugin.discover(context, { mode: 'full', pageSize: 500 })[Symbol.asyncIterator]().next()
      } catch {
        // It may say that it was stopped.
      } finally {
        await close()
      }
      return peer.requests.length > before ? `it asks ${peer.requests.at(-1)}` : null
    },
  },
  {
    id: 'quiet.reads_only',
    tier: 'gold',
    title: 'It writes nothing at the source',
    async run({ peer }) {
      const writing = peer.requests.find((line) => !/^(GET|HEAD) /.test(line) && !SIGNING_IN.test(line))
      return writing ? `it sends ${writing}` : null
    },
  },
  {
    id: 'quiet.budget',
    tier: 'gold',
    title: 'It asks little for what it finds',
    async run(bench) {
      const before = bench.peer.requests.length
      const { pages } = await readBench(bench)
      const records = pages.reduce((sum, { observations }) => sum + observations.length, 0)
      const asked = bench.peer.requests.length - before
      const limit = FREE_REQUESTS + REQUESTS_PER_RECORD * records
      return asked > limit ? `${asked} requests for ${records} records` : null
    },
  },
  {
    id: 'secret.kept',
    tier: 'gold',
    title: 'Its secrets stand in no log, error or observation',
    async run(bench) {
      const whole = await readBench(bench)
      const refused = await whileFaulty(bench, 'refuse', 0, () => readBench(bench))
      const failed = await whileFaulty(bench, 'fail', 0, () => readBench(bench))
      const errors = [refused.error, failed.error].map((error) => `${String(error)} ${JSON.stringify(error)}`)
      const texts = [JSON.stringify(whole.pages), ...errors, ...bench.logged, ...bench.peer.requests].join('\n')
      const leaked = bench.plugin.config.secrets.find((key) => texts.includes(String(bench.settings[key])))
      return leaked ? `the value of "${leaked}" is told` : null
    },
  },
  {
    id: 'secret.raw',
    tier: 'gold',
    title: 'The copies of its records hold no credentials',
    async run(bench) {
      const { pages } = await readBench(bench)
      const raws = pages.flatMap(({ observations }) => observations.map(({ raw }) => raw ?? {}))
      const keys = new Set(raws.flatMap((raw) => Object.keys(raw)))
      const odd = [...keys].find((key) => LOOKS_SECRET.test(key))
      return odd ? `"${odd}" looks like a credential` : null
    },
  },
]
