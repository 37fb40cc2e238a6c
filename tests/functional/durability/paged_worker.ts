/*
| A process with workers of its own, for tests that kill or stop it:
| `paged_worker.ts work` takes runs until SIGTERM, `run {id}` takes one run,
| `schedule` looks without pause whether a run is due, until SIGTERM, `approve
| {id}` approves a plan, `undo {id}` leaves the undo of a change set to a worker, `write {count}` makes so many small changes. What `run`
| and `write` asked of the database is told to the parent.
| LAIM_TEST_WORLD holds addresses and traits of the sources as JSON.
*/
import 'reflect-metadata'
import { setTimeout as sleep } from 'node:timers/promises'
import { Ignitor } from '@adonisjs/core'
import { loadEnvironment } from '../../../bin/environment.js'

const ROOT = new URL('../../../', import.meta.url)

function importer(path: string) {
  return import(path.startsWith('.') ? new URL(path, ROOT).href : path)
}

loadEnvironment(ROOT)
const app = new Ignitor(ROOT, { importer }).createApp('console')
await app.init()
await app.boot()
await app.start(() => {})

const { PagedWorld } = await import('./paged_world.js')
const { SyncSchedule } = await import('#services/sync/sync_schedule')
const { addresses, traits } = JSON.parse(process.env.LAIM_TEST_WORLD ?? '{}')
const world = new PagedWorld(addresses, traits)
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
const [task, id] = process.argv.slice(2)

const { countTraffic } = await import('../../benchmarks/engine.js')
const traffic = countTraffic()

process.send?.('ready')
if (task === 'schedule') {
  const schedule = new SyncSchedule(world.trigger, world.sources)
  while (!stop.signal.aborted) {
    await schedule.queueWhenDue()
    await sleep(1)
  }
} else if (task === 'approve') {
  const { FindPlan } = await import('#services/sync/find_plan')
  const { ApprovePlan } = await import('#services/sync/approve_plan')
  const { planHash } = await new FindPlan().handle(Number(id))
  await new ApprovePlan().handle(Number(id), { planHash: planHash! }, { userId: null, name: 'test' })
} else if (task === 'undo') {
  const { StartUndo } = await import('#services/inventory/start_undo')
  const { UndoChangeSet } = await import('#services/inventory/undo_change_set')
  await new StartUndo(new UndoChangeSet()).handle([Number(id)], { userId: null, name: 'test' }, { mostAtOnce: 0 })
} else if (task === 'run') {
  await world.work(Number(id), stop.signal)
  process.send?.({ ...traffic, cpuMs: (process.cpuUsage().user + process.cpuUsage().system) / 1000 })
} else if (task === 'write') {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { transactionInTurn } = await import('#services/sync/store/write_clock')
  for (let n = 0; n < Number(id); n++) {
    const row = { name: `${process.pid}-${n}` }
    await transactionInTurn(db.connection(), (trx) => trx.table('rooms').insert(row))
  }
} else {
  await world.worker().work({ signal: stop.signal, excludedAddresses: [] })
}
await app.terminate()
process.disconnect?.()
