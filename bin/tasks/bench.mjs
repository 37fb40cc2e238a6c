import { run as build } from './build.mjs'
import { runNode } from './process.mjs'

/** Figures beside raw programs, those of the API from the build: see tests/benchmarks/main.ts for its arguments. */
export async function run(args) {
  if (args.includes('--api') || args.includes('--processes')) {
    build()
  }
  process.exit(
    await runNode(['--import=@poppinss/ts-exec', '--enable-source-maps', 'tests/benchmarks/main.ts', ...args])
  )
}
