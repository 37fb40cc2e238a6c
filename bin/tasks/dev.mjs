import { writeEnvironmentFile } from './environment_file.mjs'
import { environment, runNode, runNodeOrStop } from './process.mjs'

/** Serves the sources, and again after each change of one. */
export async function run() {
  writeEnvironmentFile()
  const env = environment({ NODE_ENV: 'development' })
  await runNodeOrStop(['ace.js', 'setup'], { env })
  process.exit(await runNode(['ace.js', 'serve', '--hmr'], { env }))
}
