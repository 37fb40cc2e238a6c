import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { AssetNotFound } from '#core/assets/errors'
import { AssetHistory } from '#services/search/asset_history'
import { AssetIdentifiers } from '#services/search/asset_identifiers'
import { FindAsset } from '#services/search/find_asset'
import { ListAssets } from '#services/search/list_assets'
import { CreateAsset } from '#services/inventory/create_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { insertAssets, insertSource } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'

const EARLY = '2026-11-20T06:00:00.000Z'
const LATE = '2026-11-22T06:00:00.123Z'
const ACTOR = { userId: null, name: 'ada' }

test.group('One asset', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('is found whole, active or not, and equal to its row in a list', async ({ assert }) => {
    const drafts = [
      {
        hostname: 'lab-sw-014',
        assetType: 'Switch',
        serialNumber: 'FOC2140X0QK',
        macAddress: '001b213c4d5e',
        assetTag: 'LAB-0017',
        room: '2265',
        subLocation: 'Rack 1',
        notes: 'on loan',
        status: 'repair',
        ipAddress: '192.0.2.14',
        vendor: 'Cisco',
        model: 'WS-C2960X',
        firmwareVersion: '15.2(7)E',
        location: 'Building 3',
        presence: 'present',
        source: 'alpha',
        sourceRef: 'alpha:42',
        origin: 'source',
        createdAt: EARLY,
        updatedAt: LATE,
      },
      { isActive: false, deletedAt: LATE },
    ] as const
    const stored = await insertAssets(drafts)

    for (const asset of stored) {
      assert.deepEqual(await new FindAsset().handle(asset.id), { ...asset, lastSyncedAt: null })
    }
    const list = await new ListAssets().handle({ activeOnly: false, sort: 'id', limit: 10 })
    assert.deepEqual(
      list.assets,
      stored.map((asset) => ({ ...asset, lastSyncedAt: null }))
    )
  })

  test('is not found by what is no id of one', async ({ assert }) => {
    for (const id of [0, -1, 1.5, Number.NaN, 2 ** 31, 1e21, 999_999]) {
      const error = await new FindAsset().handle(id).catch((reason: unknown) => reason)
      assert.instanceOf(error, AssetNotFound, String(id))
    }
  })

  test('was last synced when the newest of its sources was read, or began to miss it', async ({ assert }) => {
    const assets = await insertAssets([{}, {}, {}, {}, {}, {}])
    const [read, missed, both, held, closed, unknown] = assets.map(({ id }) => id) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    await insertSource('alpha', LATE, [
      { assetId: read },
      { assetId: missed, missingSince: EARLY },
      { assetId: both, missingSince: EARLY },
      { assetId: held, linkState: 'held' },
      { assetId: closed, closedAt: EARLY },
    ])
    await insertSource('beta', '2026-11-21T06:00:00.000Z', [{ assetId: both }])
    await insertSource('never-read', null, [{ assetId: unknown }])

    const { assets: listed } = await new ListAssets().handle({ activeOnly: true, sort: 'id', limit: 10 })
    const lastSynced = listed.map((asset) => asset.lastSyncedAt)
    assert.deepEqual(lastSynced, [LATE, EARLY, '2026-11-21T06:00:00.000Z', null, EARLY, null])
    assert.equal((await new FindAsset().handle(read)).lastSyncedAt, LATE)
  })

  test('has its history, newest first, in pages', async ({ assert }) => {
    const values = { hostname: 'lab-1', assetType: 'Switch' }
    const { assetId } = await new CreateAsset().handle(values, ACTOR)
    for (const notes of ['one', 'two', 'three']) {
      await new EditAsset().handle(assetId, { notes }, ACTOR)
    }

    const history = await new AssetHistory().handle(assetId, { limit: 3 })
    assert.deepEqual(
      history.map(({ kind, actor, after, revision }) => [kind, actor, after.notes, revision]),
      [
        ['edit', 'ada', 'three', 4],
        ['edit', 'ada', 'two', 3],
        ['edit', 'ada', 'one', 2],
      ]
    )
    assert.match(history[0]!.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.equal(history[0]!.before.notes, 'two')

    const older = await new AssetHistory().handle(assetId, { limit: 3, beforeId: history.at(-1)!.id })
    assert.deepEqual(
      older.map(({ kind, action, runId }) => [kind, action, runId]),
      [['create', 'create', null]]
    )
    assert.deepEqual(await new AssetHistory().handle(assetId + 1, { limit: 3 }), [])
  })

  test('has its identifiers by kind and value', async ({ assert }) => {
    const [asset] = await insertAssets([{}])
    const rows = [
      { kind: 'serial', value: 'FOC1', strength: 'strong', origin: 'source' },
      { kind: 'mac', value: '001b213c4d5f', strength: 'medium', origin: 'source' },
      { kind: 'mac', value: '001b213c4d5e', strength: 'strong', origin: 'person' },
    ]
    await db.table('asset_identifiers').multiInsert(rows.map((row) => ({ ...row, asset_id: asset!.id })))

    assert.deepEqual(await new AssetIdentifiers().handle(asset!.id), [rows[2], rows[1], rows[0]])
  })
})
