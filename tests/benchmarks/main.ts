/*
| Measures the engine beside raw programs that do the same work on the same machine in the same minute, and prints
| figures and ratios. It asserts nothing: times depend on the machine, ratios hardly.
|
| npm run bench -- [--db sqlite|postgres] [--rows 10000] [--rounds 3] [--profile FOLDER]
*/
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { printRounds, type Round } from './report.js'
import { openStore, type DatabaseKind, type Store } from './store.js'
import { type WorkResult, type Workload } from './work.js'

const { values: options } = parseArgs({
  options: {
    db: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
    rows: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    profile: { type: 'string' },
  },
})
const rows = Number(options.rows)

for (const kind of options.db as DatabaseKind[]) {
  const store = await openStore(kind)
  const rounds: Round[] = []
  try {
    for (let number = 1; number <= Number(options.rounds); number++) {
      rounds.push(await playRound(store, number))
    }
  } finally {
    await store.remove()
  }
  printRounds(kind, rows, rounds)
}

/** Everything once, in databases of its own, so that each round finds the same. */
async function playRound(store: Store, number: number): Promise<Round> {
  const engine = await store.create(`engine_${number}`)
  const raw = await store.create(`raw_${number}`)
  return {
    import: await work('sync', engine, `import-${number}`),
    rawImport: await work('raw', raw, `raw-${number}`, { BENCH_COPY_OF: engine }),
    resync: await work('sync', engine, `resync-${number}`),
    floor: await work('floor', engine, `floor-${number}`),
  }
}

/** Runs one workload in a process of its own. */
function work(workload: Workload, url: string, name: string, variables: NodeJS.ProcessEnv = {}): Promise<WorkResult> {
  const profiling = options.profile
    ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`, `--cpu-prof-name=${name}.cpuprofile`]
    : []
  const child = fork(fileURLToPath(new URL('work.ts', import.meta.url)), [workload, String(rows)], {
    execArgv: ['--import=@poppinss/ts-exec', '--enable-source-maps', ...profiling],
    env: { ...process.env, ...variables, DATABASE_URL: url },
  })
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as WorkResult))
    child.once('exit', (code) => reject(new Error(`${name} ended with exit code ${code}`)))
  })
}
