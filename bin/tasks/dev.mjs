import { writeEnvironmentFile } from './environment_file.mjs'
import { environment, runNode, runNodeOrStop } from './process.mjs'

/** Serves the sources, and again after each change of one. */
export function run() {
  writeEnvironmentFile()
  const env = environment({ NODE_ENV: 'development' })
  runNodeOrStop(['ace.js', 'setup'], { env })
  process.exit(runNode(['ace.js', 'serve', '--hmr'], { env }))
}
