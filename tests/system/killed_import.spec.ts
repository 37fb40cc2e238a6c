import { spawnSync } from 'node:child_process'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { CrashLab, ended, type Engine } from '../functional/durability/crash_lab.js'
import { manyDevices, PagedServer } from '../functional/durability/paged_server.js'
import { letLeasesExpire } from '../functional/durability/paged_world.js'

const DEVICES = manyDevices(1240)

/** Part of an address, and words that must all match. */
const QUERIES = ['001b.2100.02', 'acme ax-9 x0004']

/*
| LAIM builds no index after an import: the search index is written in the transaction that writes the asset, so there is
| none to be missing after a crash. What must hold is the end: what is there is found, in the middle of a killed import
| and after it.
*/
for (const engine of ['SQLite', 'PostgreSQL'] as const satisfies Engine[]) {
  test.group(`A first import that is killed, on ${engine}`, (group) => {
    let lab: CrashLab
    let server: PagedServer

    group.setup(async () => {
      lab = await CrashLab.start(engine)
      server = await PagedServer.start(DEVICES, 500)
      await lab.fresh()
      return async () => {
        await lab.settle()
        await server.stop()
        await lab.stop()
      }
    })

    function found(query: string): string[] {
      const { stdout } = spawnSync(process.execPath, ['ace.js', 'asset:find', query, '--json', '--limit', '1000'], {
        cwd: app.makePath(),
        env: { ...process.env, DATABASE_URL: lab.url },
        encoding: 'utf8',
      })
      return JSON.parse(stdout).map((item: { hostname: string }) => item.hostname)
    }

    /** Every stored asset whose words hold every word of the query. */
    async function naivelyFound(query: string): Promise<string[]> {
      const assets = await lab.client.from('assets').where('is_active', true)
      const matches = assets.filter((asset) => {
        const text = [asset.hostname, asset.serial_number, asset.vendor, asset.model].join('\n').toLowerCase()
        const digits = String(asset.mac_address)
        return query.split(' ').every((word) => text.includes(word) || digits.includes(word.replaceAll('.', '')))
      })
      return matches.map((asset) => asset.hostname)
    }

    test('F5: finds in the search what was stored, before and after the next worker', async ({ assert }) => {
      const runId = await lab.queue('alpha')
      const { signal } = await ended(
        lab.spawn({ alpha: server.url }, ['run', String(runId)], { faultPoint: 'batch:2' })
      )
      assert.equal(signal, 'SIGKILL')
      const [{ stored }] = await lab.client.from('assets').count('* as stored')
      assert.isAbove(Number(stored), 0)
      assert.isBelow(Number(stored), DEVICES.length)
      for (const query of QUERIES) {
        assert.sameMembers(found(query), await naivelyFound(query), `${query}, after the crash`)
      }

      await letLeasesExpire(lab.client)
      await ended(lab.spawn({ alpha: server.url }, ['run', String(runId)]))

      assert.equal((await lab.outcome(runId)).created, DEVICES.length)
      for (const query of QUERIES) {
        const expected = await naivelyFound(query)
        assert.isNotEmpty(expected)
        assert.sameMembers(found(query), expected, `${query}, in the end`)
      }
    })
  })
}
