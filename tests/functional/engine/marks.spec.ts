import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { type JsonObject } from '@laim/sdk'
import { fromJson } from '#database/columns'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

/** Devices that nothing but their number tells apart. */
function devices(count: number): Device[] {
  return Array.from({ length: count }, (_, index) => ({ id: String(index), hostname: `host-${index}` }))
}

test.group('Engine | what a plugin remembers of its source', (group) => {
  const world = eachWithWorld(group)

  /** Reads with a mark; answers the one that the plugin was given. */
  async function reads(count: number, next: JsonObject, coverage: 'complete' | 'partial' = 'complete') {
    let heard: JsonObject | undefined
    await world.current.reads('alpha', devices(count), {
      final: { coverage, next },
      hears: ({ since }) => {
        heard = since
      },
    })
    return heard
  }

  test('the next reading gets what the last one that was believed left', async ({ assert }) => {
    assert.isUndefined(await reads(30, { asked: ['a'] }))
    assert.deepEqual(await reads(30, { asked: ['b'] }), { asked: ['a'] })
    assert.deepEqual(await reads(14, { asked: ['half'] }), { asked: ['b'] })
    assert.deepEqual(await reads(30, { asked: ['part'] }, 'partial'), { asked: ['b'] })
    assert.deepEqual(await reads(30, { asked: ['c'] }), { asked: ['b'] })
  })

  test('a plan gets it too, and leaves none until it is applied', async ({ assert }) => {
    const heard: (JsonObject | undefined)[] = []
    const hears = ({ since }: { since?: JsonObject }) => heard.push(since)
    await world.current.reads('alpha', devices(3), { final: { coverage: 'complete', next: { at: 1 } } })
    world.current.says('alpha', devices(4), { final: { coverage: 'complete', next: { at: 2 } }, hears })
    await world.current.plan('alpha')
    await world.current.apply(await world.current.plan('alpha'))
    await world.current.sync('alpha')

    assert.deepEqual(heard, [{ at: 1 }, { at: 1 }, { at: 2 }])
  })

  test('a mark of another version of the plugin, or of another address, is none', async ({ assert }) => {
    await reads(3, { at: 1 })
    const { mark } = await db.from('sources').where('name', 'alpha').firstOrFail()
    for (const other of [{ checkpointVersion: 2 }, { baseUrl: 'http://127.0.0.1:9/elsewhere' }]) {
      const changed = JSON.stringify({ ...fromJson<JsonObject>(mark), ...other })
      await db.from('sources').where('name', 'alpha').update({ mark: changed })
      assert.isUndefined(await reads(3, { at: 1 }))
    }
  })

  test('one of more than 16 KiB fails the run', async ({ assert }) => {
    const run = await world.current.reads('alpha', devices(3), {
      final: { coverage: 'complete', next: { text: 'x'.repeat(17_000) } },
    })

    assert.equal(run.status, 'failed')
    assert.include(run.errors.join(), 'a checkpoint or a mark of more than 16 KiB')
  })
})
