import 'reflect-metadata'
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

new Ignitor(APP_ROOT, { importer })
  .tap((app) => {
    app.booting(checkSettings)
    endInOrder(app)
    refuseNewerSchema(app)
  })
  .httpServer()
  .start((handle) => new DrainingServer(handle))
  .catch(endStart)
