import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { fromJson } from '#database/columns'
import { EditAsset } from '#services/inventory/edit_asset'
import { VerifyInventory } from '#services/inventory/verify_inventory'
import { emptyDatabase } from '#tests/helpers/database'
import { type Device, EngineWorld } from '#tests/helpers/engine_world'
import { seededRandom } from '#tests/helpers/seeded_random'

const ASSETS = 40
const ROUNDS = 25

/** So many statements a run sends in these tests, at least. */
const STATEMENTS = 30

const MARA = { userId: null, name: 'mara' }

/** Each round all firmwares are new, and every tenth device has another name. */
function devicesOf(round: number): Device[] {
  return Array.from({ length: ASSETS }, (_, index) => ({
    id: String(index),
    serial: `SNX${1000 + index}Q`,
    hostname: `listed-${index}-${Math.floor((round + index) / 10)}`,
    firmware: `${round}.0`,
  }))
}

/** Calls each as soon as the process sent so many statements to the database. */
function atStatements(calls: readonly { readonly at: number; readonly call: () => Promise<unknown> }[]) {
  const { client } = db.connection().getWriteClient()
  const started: Promise<unknown>[] = []
  const waiting = [...calls].sort((a, b) => a.at - b.at)
  let sent = 0
  const listen = () => {
    sent += 1
    while (waiting.length > 0 && waiting[0]!.at <= sent) {
      started.push(waiting.shift()!.call())
    }
  }
  client.on('query', listen)
  return async () => {
    client.off('query', listen)
    await Promise.all([...started, ...waiting.map(({ call }) => call())])
  }
}

test.group('Edits in the middle of a sync of the same assets', (group) => {
  group.each.setup(() => emptyDatabase)

  test('F19: win in their field and lose nothing of the others, in 1000 interleavings', async ({ assert }) => {
    const world = new EngineWorld()
    await world.prepare()
    await world.reads('alpha', devicesOf(0))
    const ids = (await world.assets()).map((asset) => Number(asset.id))
    const random = seededRandom(19)

    for (let round = 1; round <= ROUNDS; round++) {
      const before = new Map((await world.assets()).map((asset) => [Number(asset.id), Number(asset.revision)]))
      const settle = atStatements(
        ids.map((id) => ({
          at: Math.ceil(random() * STATEMENTS),
          call: () => new EditAsset().handle(id, { hostname: `typed-${id}-${round}` }, MARA),
        }))
      )
      const run = await world.reads('alpha', devicesOf(round))
      await settle()

      assert.deepEqual([run.status, run.errors], ['completed', []])
      for (const asset of await world.assets()) {
        const id = Number(asset.id)
        assert.equal(asset.hostname, `typed-${id}-${round}`)
        assert.equal(asset.firmware_version, `${round}.0`)
        assert.equal(Number(asset.revision), before.get(id)! + 2, 'one step for the person and one for the sync')
      }
    }

    assert.deepEqual(await brokenChains(), [])
    assert.deepEqual((await new VerifyInventory().handle()).discrepancies, [])
  }).timeout(180_000)
})

/** Changes whose values before are not those after the change before them. */
async function brokenChains(): Promise<unknown[]> {
  const known = new Map<string, unknown>()
  const broken: unknown[] = []
  for (const change of await db.from('changes').orderBy('id')) {
    const before = fromJson<Record<string, unknown>>(change.before) ?? {}
    const after = fromJson<Record<string, unknown>>(change.after) ?? {}
    for (const [field, value] of Object.entries(after)) {
      const key = `${change.asset_id} ${field}`
      if (known.has(key) && JSON.stringify(before[field]) !== JSON.stringify(known.get(key))) {
        broken.push({ change: change.id, field, before: before[field], expected: known.get(key) })
      }
      known.set(key, value)
    }
  }
  return broken
}
