import { runNode } from './process.mjs'

/** Figures of the engine beside raw programs: see tests/benchmarks/main.ts for its arguments. */
export function run(args) {
  process.exit(runNode(['--import=@poppinss/ts-exec', '--enable-source-maps', 'tests/benchmarks/main.ts', ...args]))
}
