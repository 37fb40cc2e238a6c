import { test } from '@japa/runner'
import { fromJson } from '#database/columns'
import { type Device } from '#tests/helpers/engine_world'
import { CrashLab, ended, until, type Engine } from '../functional/durability/crash_lab.js'
import { inventoryOf } from '../functional/durability/inventory_of.js'
import { manyDevices, PagedServer } from '../functional/durability/paged_server.js'
import { letLeasesExpire } from '../functional/durability/paged_world.js'

const FORMER = manyDevices(620)

/** 20 devices are gone, 500 changed, 12 are new and share a serial that is junk. */
const PRESENT: Device[] = [
  ...FORMER.slice(20, 520).map((device) => ({ ...device, model: `AX-${device.id}` })),
  ...FORMER.slice(520),
  ...Array.from({ length: 12 }, (_, index) => ({ id: `junk${index}`, hostname: `spare-${index}`, serial: 'ABC00001' })),
]

/** What the history of an asset says last of a field. */
function lastWord(entries: readonly Record<string, unknown>[], field: string): unknown {
  return entries.map(({ after }) => fromJson<Record<string, unknown>>(after)).findLast((after) => field in after)?.[
    field
  ]
}

for (const engine of ['SQLite', 'PostgreSQL'] as const satisfies Engine[]) {
  test.group(`A worker that is killed while it reconciles, on ${engine}`, (group) => {
    let lab: CrashLab
    let server: PagedServer
    let golden: Record<string, unknown>
    let runId: number

    function worker(faultPoint = '') {
      return lab.spawn({ alpha: server.url }, ['run', String(runId)], { faultPoint })
    }

    group.setup(async () => {
      lab = await CrashLab.start(engine)
      server = await PagedServer.start(FORMER, 200)
      await lab.fresh()
      runId = await lab.queue('alpha')
      await ended(worker())
      await lab.keep()
      server.devices = PRESENT
      await lab.fresh()
      runId = await lab.queue('alpha')
      await ended(worker())
      golden = await lab.outcome(runId)
      await lab.settle()
      return async () => {
        await server.stop()
        await lab.stop()
      }
    })
    group.each.setup(async () => {
      await lab.fresh()
      server.asked.length = 0
      return () => lab.settle()
    })

    test('golden: changes, creates and misses when nobody kills it', ({ assert }) => {
      assert.containsSubset(golden, { status: 'completed', updated: 500, created: 12, missing: 20, changeSets: 1 })
    })

    test('65, F3, F4: at {$self}, has its run completed as if nothing had been')
      .with(['swept', 'batch:1', 'batch:2', 'batch-written:1', 'batch-written:2', 'closing'])
      .run(async ({ assert }, point) => {
        runId = await lab.queue('alpha')
        const { signal } = await ended(worker(point))
        assert.equal(signal, 'SIGKILL')
        const asked = server.asked.length
        await letLeasesExpire(lab.client)
        await ended(worker())

        assert.lengthOf(server.asked, asked, 'what was read is not read again')
        assert.deepEqual(await lab.outcome(runId), golden)
      })

    test('P-A1, F3: at {$self}, has left an entry of the history with each asset that it wrote, and no other')
      .with(['batch:1', 'batch:2', 'batch-written:1', 'batch-written:2', 'closing'])
      .run(async ({ assert }, point) => {
        const former = await lab.client.from('changes').count('* as total').firstOrFail()
        runId = await lab.queue('alpha')
        await ended(worker(point))

        const assets = await lab.client.from('assets').orderBy('id')
        const entries = await lab.client.from('changes').orderBy('id')
        const written = entries.length - Number(former.total)
        assert.equal(written > 0, point !== 'batch:1')
        assert.equal(written === 512, point === 'batch-written:2' || point === 'closing')
        assert.lengthOf(
          entries,
          assets.reduce((sum, { revision }) => sum + Number(revision), 0)
        )
        for (const asset of assets) {
          const own = entries.filter((entry) => entry.asset_id === asset.id)
          assert.deepEqual(
            own.map(({ revision }) => revision),
            Array.from({ length: asset.revision }, (_, index) => index + 1)
          )
          assert.equal(lastWord(own, 'model'), asset.model)
          assert.equal(lastWord(own, 'presence'), asset.presence)
        }
        const sets = await lab.client.from('change_sets').whereIn(
          'id',
          entries.map((entry) => entry.change_set_id)
        )
        assert.isTrue(sets.every(({ actor }) => actor !== ''))
        if (engine === 'SQLite') {
          assert.deepEqual(await lab.client.rawQuery('pragma integrity_check'), [{ integrity_check: 'ok' }])
        }
      })

    test('F4: and then the next run has nothing to change', async ({ assert }) => {
      runId = await lab.queue('alpha')
      await ended(worker('closing'))
      await letLeasesExpire(lab.client)
      await ended(worker())
      runId = await lab.queue('alpha')
      await ended(worker())

      assert.containsSubset(await lab.outcome(runId), { status: 'completed', updated: 0, created: 0, changeSets: 0 })
    })

    test('66: while it plans, leaves the next one the same plan', async ({ assert }) => {
      runId = await lab.queue('alpha', 'plan')
      await ended(worker())
      const undisturbed = await lab.client.from('sync_runs').where('id', runId).firstOrFail()
      runId = await lab.queue('alpha', 'plan')
      await ended(worker('planned:2'))
      await letLeasesExpire(lab.client)
      await ended(worker())

      const run = await lab.client.from('sync_runs').where('id', runId).firstOrFail()
      assert.equal(run.status, 'awaiting_approval')
      assert.equal(run.plan_hash, undisturbed.plan_hash)
      assert.lengthOf(await lab.client.from('plan_rows').where('run_id', runId), 512)
    })

    test('65: while it applies an approved plan, leaves no row out and applies none twice', async ({ assert }) => {
      runId = await lab.queue('alpha', 'plan')
      await ended(worker())
      await ended(lab.spawn({ alpha: server.url }, ['approve', String(runId)]))
      await ended(worker('batch-written:1'))
      await letLeasesExpire(lab.client)
      await ended(worker())

      const rows = await lab.client.from('plan_rows').where('run_id', runId)
      assert.lengthOf(rows, 512)
      assert.isTrue(rows.every((row) => row.outcome === 'applied'))
      assert.deepEqual(await lab.outcome(runId), golden)
    })

    test('65: at {$self} of an undo, has the rest taken back, and nothing twice')
      .with(['undo-part:3', 'undo-written:2'])
      .run(async ({ assert }, point) => {
        const before = await inventoryOf(lab.client)
        runId = await lab.queue('alpha')
        await ended(worker())
        const { id: changeSetId } = await lab.client.from('change_sets').where('run_id', runId).firstOrFail()
        await ended(lab.spawn({ alpha: server.url }, ['undo', String(changeSetId)]))
        const undo = await lab.client.from('change_sets').where('undoes_id', changeSetId).firstOrFail()
        runId = Number(undo.run_id)
        const { signal } = await ended(worker(point))
        assert.equal(signal, 'SIGKILL')
        await letLeasesExpire(lab.client)
        await ended(worker())

        assert.containsSubset(await lab.outcome(runId), { status: 'completed', updated: 512, skipped: 0 })
        const entries = await lab.client.from('changes').where('change_set_id', undo.id)
        assert.lengthOf(new Set(entries.map((entry) => entry.asset_id)), entries.length)
        assert.lengthOf(entries, 512)
        const models = (rows?: unknown[]) => rows?.map((row) => (row as { model: string | null }).model)
        const { assets } = await inventoryOf(lab.client)
        assert.deepEqual(
          models(assets?.filter((row) => (row as { is_active: unknown }).is_active)),
          models(before.assets)
        )
      })

    test('63, F16: that is stopped, and wakes when another one has its run, writes nothing', async ({ assert }) => {
      runId = await lab.queue('alpha')
      const sleeper = worker('batch-written:1:SIGSTOP')
      await until(async () => {
        const run = await lab.client.from('sync_runs').where('id', runId).firstOrFail()
        return run.updated + run.created > 0
      })
      await letLeasesExpire(lab.client)
      await ended(worker())
      const before = await lab.outcome(runId)
      sleeper.kill('SIGCONT')
      const { code } = await ended(sleeper)

      assert.equal(code, 0)
      assert.deepEqual(before, golden)
      assert.deepEqual(await lab.outcome(runId), golden)
    })
  })
}
