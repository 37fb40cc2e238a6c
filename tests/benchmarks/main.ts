/*
| Measures the engine beside raw programs that do the same work on the same machine in the same minute, and prints
| figures and ratios. It asserts nothing: times depend on the machine, ratios hardly.
|
| npm run bench -- [--db sqlite|postgres] [--rows 10000] [--ports 20] [--rounds 3] [--engine-only] [--api]
|   [--processes] [--profile FOLDER]
|
| --ports: of each switch, which one device in four is. --engine-only: without the raw programs, which hold all rows in
| memory; for a million of them. --api: requests of the API beside a bare server, in place of the engine. --processes: one to four web
| servers on one PostgreSQL, in place of the engine.
*/
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { benchApi } from './api.js'
import { type Estate } from './devices.js'
import { benchProcesses } from './processes.js'
import { printRounds, type Round } from './report.js'
import { openStore, type DatabaseKind, type Store } from './store.js'
import { type WorkResult, type Workload } from './work.js'

const { values: options } = parseArgs({
  options: {
    'db': { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
    'rows': { type: 'string', default: '10000' },
    'ports': { type: 'string', default: '20' },
    'rounds': { type: 'string', default: '3' },
    'engine-only': { type: 'boolean', default: false },
    'api': { type: 'boolean', default: false },
    'processes': { type: 'boolean', default: false },
    'profile': { type: 'string' },
  },
})
const source = await startSource()
const estate: Estate = { devices: Number(options.rows), ports: Number(options.ports), edition: 1 }
const isEngineOnly = options['engine-only']

for (const kind of (options.processes ? ['postgres'] : options.db) as DatabaseKind[]) {
  const store = await openStore(kind)
  const rounds: Round[] = []
  try {
    if (options.api || options.processes) {
      const url = await store.create('api')
      await work('sync', url, 'import')
      await (options.api ? benchApi : benchProcesses)(url, estate, Number(options.rounds))
      continue
    }
    for (let number = 1; number <= Number(options.rounds); number++) {
      rounds.push(await playRound(store, number))
    }
  } finally {
    await store.remove()
  }
  printRounds(kind, estate, rounds)
}
source.stop()

/** The system that is read: a process of its own, whose time is nobody's here. */
async function startSource(): Promise<{ url: string; stop(): void }> {
  const child = fork(fileURLToPath(new URL('estate_server.ts', import.meta.url)), {
    execArgv: ['--import=@poppinss/ts-exec'],
  })
  const [url] = (await once(child, 'message')) as [string]
  return { url, stop: () => child.disconnect() }
}

/** Everything once, in databases of its own, so that each round finds the same. */
async function playRound(store: Store, number: number): Promise<Round> {
  const engine = await store.create(`engine_${number}`)
  const raw = await store.create(`raw_${number}`)
  const beside = (workload: Workload) =>
    isEngineOnly ? null : work(workload, raw, `${workload}-${number}`, { BENCH_COPY_OF: engine })
  const changed = { ...estate, edition: 2 }
  return {
    import: await work('sync', engine, `import-${number}`),
    rawImport: await beside('raw'),
    resync: await work('sync', engine, `resync-${number}`),
    floor: isEngineOnly ? null : await work('floor', engine, `floor-${number}`),
    change: await work('sync', engine, `change-${number}`, {}, changed),
    rawChange: await beside('rawChange'),
  }
}

/** Runs one workload in a process of its own; the engine's has the flags of a worker. */
function work(
  workload: Workload,
  url: string,
  name: string,
  variables: NodeJS.ProcessEnv = {},
  given: Estate = estate
): Promise<WorkResult> {
  const asWorker = workload === 'sync' ? ['--max-semi-space-size=16'] : []
  const profiling = options.profile
    ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`, `--cpu-prof-name=${name}.cpuprofile`]
    : []
  const child = fork(fileURLToPath(new URL('work.ts', import.meta.url)), [workload, JSON.stringify(given)], {
    execArgv: ['--import=@poppinss/ts-exec', '--enable-source-maps', ...asWorker, ...profiling],
    env: { ...process.env, ...variables, DATABASE_URL: url, BENCH_SOURCE: source.url },
  })
  let result: WorkResult | null = null
  child.once('message', (message) => {
    result = message as WorkResult
    console.error(`${name}: ${Math.round(result.wallMs)} ms, ${Math.round(result.peakBytes / 1024 / 1024)} MB at most`)
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => (result ? resolve(result) : reject(new Error(`${name} ended with exit code ${code}`))))
  })
}
