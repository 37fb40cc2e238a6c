import { run as build } from './build.mjs'
import { writeEnvironmentFile } from './environment_file.mjs'
import { environment, ROOT, runNodeOrStop } from './process.mjs'
import { Supervisor } from './supervisor.mjs'

/** Serves LAIM from this folder: settings, build, database, first superuser, web server, worker. */
export async function run() {
  writeEnvironmentFile()
  build()

  const env = environment({ NODE_ENV: 'production', ENV_PATH: ROOT })
  await runNodeOrStop(['build/ace.js', 'setup'], { env })
  new Supervisor(env).start()
}
