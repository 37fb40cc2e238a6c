import { runNode } from './process.mjs'

/** Figures of the engine beside raw programs: see tests/benchmarks/main.ts for its arguments. */
export async function run(args) {
  process.exit(
    await runNode(['--import=@poppinss/ts-exec', '--enable-source-maps', 'tests/benchmarks/main.ts', ...args])
  )
}
