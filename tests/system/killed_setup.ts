/*
| `ace setup` as a process that kills itself: `killed_setup.ts {n}` dies when it is about to note its n-th migration as
| done, whose statements were all sent by then. With 0 it lives.
*/
import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { loadEnvironment } from '../../bin/environment.js'

const ROOT = new URL('../../', import.meta.url)

let left = Number(process.argv[2])

loadEnvironment(ROOT)
await new Ignitor(ROOT, { importer: (path) => import(path.startsWith('.') ? new URL(path, ROOT).href : path) })
  .tap((app) =>
    app.booted(async () => {
      const db = await app.container.make('lucid.db')
      db.connection()
        .getWriteClient()
        .client.on('query', ({ sql }: { sql: string }) => {
          if (/^insert into .adonis_schema. /.test(sql) && --left === 0) {
            process.kill(process.pid, 'SIGKILL')
          }
        })
    })
  )
  .ace()
  .handle(['setup'])
