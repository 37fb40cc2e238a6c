import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { RunActive } from '#core/reconcile/errors'
import { emptyDatabase } from '#tests/helpers/database'
import { inventoryOf } from './inventory_of.js'
import { manyDevices, PagedServer } from './paged_server.js'
import { countsOf, letLeasesExpire, PagedWorld } from './paged_world.js'

let servers: PagedServer[]

async function start(...devices: ReturnType<typeof manyDevices>[]): Promise<PagedServer[]> {
  servers = await Promise.all(devices.map((list) => PagedServer.start(list)))
  return servers
}

test.group('Two workers', (group) => {
  group.each.setup(async () => {
    await PagedWorld.prepare()
    return async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await emptyDatabase()
    }
  })

  test('63, F16: one that was silent for too long writes nothing when it wakes', async ({ assert }) => {
    const [server] = await start(manyDevices(47))
    const { promise: isTakenOver, resolve: wake } = Promise.withResolvers<void>()
    const { promise: isSilent, resolve: silent } = Promise.withResolvers<void>()
    server!.instead = async ({ page, times }) => {
      if (page === 3 && times === 1) {
        silent()
        await isTakenOver
      }
      return false
    }
    const world = new PagedWorld({ alpha: server!.url })
    const runId = await world.queue('alpha')

    const sleeper = world.work(runId)
    await isSilent
    await letLeasesExpire()
    await new PagedWorld({ alpha: server!.url }).work(runId)
    const after = await everything()
    wake()
    await sleeper

    assert.equal((await world.find(runId)).created, 47)
    assert.deepEqual(await everything(), after)
  })

  test('63: one that lost the lease for reconciling writes nothing more, and the next one completes it', async ({
    assert,
  }) => {
    const [server] = await start(manyDevices(1500))
    const world = new PagedWorld({ alpha: server!.url })
    const golden = countsOf(await world.sync('alpha'))
    const inventory = await inventoryOf(db.connection())

    const runId = await loseLease(world)
    const lost = await world.find(runId)
    const written = await db.from('assets')
    await db.from('leases').update({ owner: null, expires_at: null })
    await world.work(runId)

    assert.equal(written.length, lost.created)
    assert.isBelow(lost.created, 1500)
    assert.deepEqual(countsOf(await world.find(runId)), golden)
    assert.deepEqual(await inventoryOf(db.connection()), inventory)
    assert.lengthOf(await db.from('change_sets').where('run_id', runId), 1)
  })

  test('62: that read two sources at once make one asset of the device that both know', async ({ assert }) => {
    const [one, other] = await start(
      manyDevices(47),
      manyDevices(47).map((device) => ({ ...device, id: `b${device.id}`, model: 'AX-9 rev 2' }))
    )
    const world = new PagedWorld({ alpha: one!.url, beta: other!.url })
    const runs = [await world.queue('alpha'), await world.queue('beta')]

    await Promise.all(runs.map((runId) => world.work(runId)))

    const assets = await db.from('assets')
    assert.lengthOf(assets, 47)
    assert.isTrue(assets.every((asset) => asset.source === 'merged' && asset.model === 'AX-9'))
  })

  test('F15, F18: that share a queue execute each run once', async ({ assert }) => {
    const names = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']
    await start(
      ...names.map((name) => manyDevices(23).map((device) => ({ id: `${name}${device.id}`, hostname: name })))
    )
    const addresses = Object.fromEntries(names.map((name, index) => [name, servers[index]!.url]))
    const world = new PagedWorld(addresses)
    const runs = await Promise.all(names.map((name) => world.queue(name)))

    const stop = new AbortController()
    const workers = [1, 2, 3].map(() =>
      new PagedWorld(addresses).worker().work({ signal: stop.signal, excludedAddresses: [] })
    )
    for (const runId of runs) {
      while (['queued', 'running'].includes((await world.find(runId)).status)) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
    stop.abort()
    await Promise.all(workers)

    assert.deepEqual(
      servers.map((server) => server.asked),
      names.map(() => [1, 2, 3])
    )
    const rows = await db.from('sync_runs')
    assert.isTrue(rows.every((row) => row.status === 'completed' && row.fence === 1))
  })

  test('61: two requests for one source at once make one run', async ({ assert }) => {
    const [server] = await start(manyDevices(3))
    const world = new PagedWorld({ alpha: server!.url })
    await world.sync('alpha')

    const answers = await Promise.allSettled([world.queue('alpha'), world.queue('alpha'), world.queue('alpha')])

    const queued = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
    assert.lengthOf(queued, 1)
    assert.isTrue(refused.every((error) => error instanceof RunActive && error.runId === queued[0]))
  })
})

/**
 * A first import whose lease somebody took while it was writing, behind its first batch. One that was done by then, or had
 * written nothing, is begun anew: how fast a worker is says nothing.
 */
async function loseLease(world: PagedWorld): Promise<number> {
  for (let tries = 0; tries < 20; tries++) {
    await emptyDatabase()
    await PagedWorld.prepare()
    const runId = await world.queue('alpha')
    const { client } = db.connection().getWriteClient()
    const { promise: isTaken, resolve: taken } = Promise.withResolvers<unknown>()
    const take = ({ sql }: { sql: string }) => {
      if (sql.startsWith('insert into assets')) {
        client.off('query', take)
        taken(db.from('leases').update({ owner: 'another run' }))
      }
    }
    client.on('query', take)
    await Promise.all([world.work(runId), isTaken])
    const { status, created } = await world.find(runId)
    if (status === 'running' && created > 0) {
      return runId
    }
  }
  throw new Error('The worker was done before its lease was taken, 20 times')
}

/** Every row that a run may write. */
async function everything() {
  const tables = ['assets', 'source_records', 'observations', 'sync_runs', 'changes', 'change_sets', 'run_rejects']
  return Promise.all(tables.map((table) => db.from(table).orderBy('id')))
}
