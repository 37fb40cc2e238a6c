import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { checkSettings, endStart, loadEnvironment } from './environment.js'
import { endInOrder } from './lifetime.js'
import { outliveReaders } from './outlive_readers.js'
import { refuseOtherSchema } from './other_schema.js'
import { endWrongUsage } from './wrong_usage.js'

const APP_ROOT = new URL('../', import.meta.url)

/** Imports files as the application itself would: its aliases, its packages. */
function importer(path: string) {
  return import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path)
}

// `ace test` starts bin/test.ts as a child, which inherits what is set here.
if (process.argv[2] === 'test') {
  process.env.NODE_ENV = 'test'
}

outliveReaders()
loadEnvironment(APP_ROOT)

new Ignitor(APP_ROOT, { importer })
  .tap((app) => {
    app.booting(checkSettings)
    endInOrder(app)
    refuseOtherSchema(app)
  })
  .ace()
  .configure(endWrongUsage)
  .handle(process.argv.slice(2))
  .catch(endStart)
