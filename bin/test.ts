process.env.NODE_ENV = 'test'

import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import type { ApplicationService } from '@adonisjs/core/types'
import { configure, processCLIArgs, run } from '@japa/runner'
import { checkSettings, endStart, loadEnvironment } from './environment.js'
import { endInOrder } from './lifetime.js'
import { findFreePort } from '../tests/helpers/free_port.js'
import { prepareTestDatabase } from '../tests/helpers/test_database.js'

const APP_ROOT = new URL('../', import.meta.url)

/** Imports files as the application itself would: its aliases, its packages. */
function importer(path: string) {
  return import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path)
}

const database = await prepareTestDatabase()
process.env.DATABASE_URL = database.url
process.env.APP_PORT ??= String(await findFreePort())
loadEnvironment(APP_ROOT)

/** Also ends when a file of tests cannot be imported: what is open then would keep the process alive. */
async function runAndEnd(app: ApplicationService) {
  try {
    await run()
  } finally {
    await app.terminate()
    await database.remove()
  }
}

new Ignitor(APP_ROOT, { importer })
  .tap((app) => {
    app.booting(checkSettings)
    app.booted(async () => {
      // Tests are served the built assets, as people are.
      const vite = await app.container.make('vite')
      vite.createDevServer = async () => {}
    })
    endInOrder(app)
  })
  .testRunner()
  .configure(async (app) => {
    const { runnerHooks, ...config } = await import('../tests/bootstrap.js')

    processCLIArgs(process.argv.slice(2))
    configure({
      ...app.rcFile.tests,
      ...config,
      ...runnerHooks,
    })
  })
  .run(runAndEnd)
  .catch(endStart)
