import 'reflect-metadata'
import { once } from 'node:events'
import { Ignitor } from '@adonisjs/core'
import { DrainingServer } from './draining_server.js'
import { checkSettings, endStart, loadEnvironment } from './environment.js'
import { endInOrder } from './lifetime.js'
import { outliveReaders } from './outlive_readers.js'
import { refuseNewerSchema } from './other_schema.js'

const APP_ROOT = new URL('../', import.meta.url)

/** Imports files as the application itself would: its aliases, its packages. */
function importer(path: string) {
  return import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path)
}

outliveReaders()
loadEnvironment(APP_ROOT)
const server = new DrainingServer()

/** Before anything that may take long, such as a database that does not answer. */
async function openPort() {
  server.listen(Number(process.env.PORT), process.env.HOST)
  await once(server, 'listening')
}

new Ignitor(APP_ROOT, { importer })
  .tap((app) => {
    app.booting(checkSettings)
    app.booting(openPort)
    endInOrder(app)
    refuseNewerSchema(app)
  })
  .httpServer()
  .start((handle) => server.serve(handle))
  .catch(endStart)
