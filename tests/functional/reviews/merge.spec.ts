import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { AssetMerged } from '#core/assets/errors'
import { ReviewClosed } from '#core/reconcile/errors'
import { CreateAsset } from '#services/inventory/create_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { MergeAssets } from '#services/inventory/merge_assets'
import { RestoreAsset } from '#services/inventory/restore_asset'
import { SplitAsset } from '#services/inventory/split_asset'
import { ResolveReview } from '#services/reviews/resolve_review'
import { answer, openReviews, PERSON, undo } from '#tests/helpers/decide'
import { type Device } from '#tests/helpers/engine_world'
import { inventory } from '#tests/helpers/inventory'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const M = (digit: number) => `00:1b:21:3c:4d:0${digit}`
const BY_SERIAL: Device = { id: '1', hostname: 'box', serial: 'SER00001', model: 'A' }
const BY_MAC: Device = { id: '2', hostname: 'box-b', base: M(1), firmware: '7' }
const BY_BOTH: Device = { id: '3', hostname: 'box', serial: 'SER00001', base: M(1) }

test.group('Two assets that turn out to be one device', (group) => {
  const world = eachWithWorld(group)

  const meet = async () => {
    await world.current.reads('alpha', [BY_SERIAL])
    await world.current.reads('alpha', [BY_SERIAL, BY_MAC])
    await world.current.reads('alpha', [BY_SERIAL, BY_MAC, BY_BOTH])
  }

  test('14: merging keeps id and history of the one that stays, and links the record that waited', async ({
    assert,
  }) => {
    await meet()
    const [first, second] = await world.current.assets()

    const outcome = await answer({ verdict: 'same' })

    assert.equal(outcome.assetId, first!.id)
    const [asset, ...others] = await world.current.assets()
    assert.lengthOf(others, 0)
    assert.containsSubset(asset, { id: first!.id, model: 'A', firmware_version: '7', serial_number: 'SER00001' })
    assert.containsSubset(await db.from('assets').where('id', Number(second!.id)).first(), { merged_into: first!.id })
    const records = await world.current.records()
    assert.deepEqual(
      records.map((record) => [record.asset_id, record.link_state]),
      records.map(() => [first!.id, 'linked'])
    )
    assert.lengthOf(await openReviews(), 0)
    const actions = await db.from('changes').where('asset_id', Number(second!.id)).orderBy('id').select('action')
    assert.deepEqual(
      actions.map(({ action }) => action),
      ['create', 'merge']
    )
    const kept = await db.from('changes').where('asset_id', Number(first!.id)).orderBy('id')
    assert.deepEqual(
      kept.map(({ action, change_set_id: set }) => [action, set === outcome.changeSetId]),
      [
        ['create', false],
        ['update', true],
        ['update', true],
      ]
    )
    const again = await world.current.sync('alpha')
    assert.deepEqual([again.created, again.updated, again.held], [0, 0, 0])
  })

  test('14: the asset that a person added stays, or the one that is named', async ({ assert }) => {
    await world.current.reads('alpha', [BY_SERIAL])
    const typed = await new CreateAsset().handle(
      { hostname: 'mine', assetType: 'Server', macAddress: '001b213c4d01' },
      PERSON
    )
    await world.current.reads('alpha', [BY_SERIAL, BY_BOTH])
    const [review] = await openReviews()
    assert.equal(review!.survivorId, typed.assetId)
    const [oldest] = await world.current.assets()

    const preview = await new ResolveReview().handle(review!.id, { verdict: 'same' }, PERSON, { dryRun: true })
    assert.equal(preview.assetId, typed.assetId)
    assert.lengthOf(await world.current.assets(), 2)
    await answer({ verdict: 'same', survivor: Number(oldest!.id) })

    assert.containsSubset(await world.current.assets(), [{ id: oldest!.id, hostname: 'mine', source: 'merged' }])
  })

  test('15: told apart, the record gets an asset of its own, and nobody is asked again', async ({ assert }) => {
    await meet()
    const before = (await world.current.assets()).map(({ id, hostname, serial_number }) => ({
      id,
      hostname,
      serial_number,
    }))

    await answer({ verdict: 'different' })

    const assets = await world.current.assets()
    assert.lengthOf(assets, 3)
    assert.containsSubset(assets.slice(0, 2), before)
    assert.containsSubset(assets[2], { hostname: 'box', serial_number: null })
    assert.isTrue((await db.from('match_verdicts')).every(({ verdict }) => verdict === 'different'))
    assert.isNotNull(await db.from('match_verdicts').first())
    for (let round = 0; round < 5; round++) {
      const more = { ...BY_BOTH, firmware: `1.${round}` }
      const run = await world.current.reads('alpha', [BY_SERIAL, BY_MAC, more])
      assert.deepEqual([run.created, run.held], [0, 0])
    }
    assert.lengthOf(await openReviews(), 0)
    assert.lengthOf(await world.current.assets(), 3)
  })

  test('15: new strong evidence asks again', async ({ assert }) => {
    await meet()
    await answer({ verdict: 'different' })

    await world.current.reads('alpha', [{ ...BY_SERIAL, base: M(7) }, BY_MAC, { ...BY_BOTH, base: [M(1), M(7)] }])

    const reviews = await openReviews()
    assert.deepEqual(
      reviews.map((review) => review.kind),
      ['merge_candidate']
    )
    assert.lengthOf(await world.current.assets(), 3)
  })

  test('15: the answer can be taken back, and the question stands again', async ({ assert }) => {
    await meet()
    const before = await inventory()
    const outcome = await answer({ verdict: 'different' })

    await undo(outcome.changeSetId)

    assert.deepEqual(await inventory(), before)
    assert.lengthOf(await openReviews(), 1)
    assert.isNull(await db.from('match_verdicts').first())
    const again = await world.current.sync('alpha')
    assert.deepEqual([again.created, again.updated, again.held], [0, 0, 1])
  })

  test('16: a merge taken back gives both assets their links, values and ids', async ({ assert }) => {
    await meet()
    const before = await inventory()
    const outcome = await answer({ verdict: 'same' })

    const undone = await undo(outcome.changeSetId)

    assert.deepEqual(undone.conflicts, [])
    assert.deepEqual(await inventory(), before)
    assert.lengthOf(await openReviews(), 1)
    const again = await world.current.sync('alpha')
    assert.deepEqual([again.created, again.updated, again.held], [0, 0, 1])
    assert.deepEqual(await inventory(), before)
  })

  test('16: taking the taking back back merges again', async ({ assert }) => {
    await meet()
    const outcome = await answer({ verdict: 'same' })
    const merged = await inventory()
    const undone = await undo(outcome.changeSetId)

    await undo(undone.changeSetId)

    assert.deepEqual(await inventory(), merged)
    assert.lengthOf(await openReviews(), 0)
  })

  test('a decided review is not decided twice', async ({ assert }) => {
    await meet()
    const [review] = await openReviews()
    await answer({ verdict: 'same' })

    const twice = () => new ResolveReview().handle(review!.id, { verdict: 'same' }, PERSON)

    await assert.rejects(twice, ReviewClosed)
  })

  test('put off, a review stays open and says so', async ({ assert }) => {
    await meet()

    const outcome = await answer({ verdict: 'later' })

    assert.containsSubset(outcome, { state: 'open', changeSetId: null })
    assert.containsSubset((await openReviews())[0], { resolution: { verdict: 'later', actor: 'ada' } })
    assert.isNull(await db.from('change_sets').where('kind', 'review').first())
  })

  test('the evidence stands side by side, in words', async ({ assert }) => {
    await meet()

    const [review] = await openReviews()

    assert.deepEqual(review!.verdicts, ['same', 'different', 'later'])
    assert.deepEqual(
      review!.parties.map((party) => [party.kind, party.title, party.source]),
      [
        ['record', 'box', 'alpha'],
        ['asset', 'box', 'alpha'],
        ['asset', 'box-b', 'alpha'],
      ]
    )
    assert.include(review!.differing, 'hostname')
    assert.containsSubset(review!.parties[0]!.identifiers, [
      { kind: 'serial', value: 'SER00001', strength: 'strong', isShared: true },
      { kind: 'mac', value: '00:1B:21:3C:4D:01', strength: 'strong', isShared: true },
    ])
  })
})

test.group('Merging and splitting by hand', (group) => {
  const world = eachWithWorld(group)

  const two = async () => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'SER00001', model: 'A' }])
    await world.current.reads('beta', [
      { id: '10.0.0.2', hostname: 'b', serial: 'SER00002', model: 'B', firmware: '2' },
    ])
    const [a, b] = (await world.current.assets()).map((asset) => Number(asset.id))
    await new EditAsset().handle(a!, { room: '2265', hostname: 'named' }, PERSON)
    await new EditAsset().handle(b!, { room: '2266', notes: 'kept', hostname: 'lost', vendor: 'pinned' }, PERSON)
    return [a!, b!] as const
  }

  test('a preview tells what changes and what gives way, and writes nothing', async ({ assert }) => {
    const [a, b] = await two()
    const before = await inventory()

    const outcome = await new MergeAssets().handle(b, { into: a }, PERSON, { dryRun: true })

    assert.containsSubset(outcome, {
      changeSetId: null,
      after: { notes: 'kept', vendor: 'pinned', firmwareVersion: '2', source: 'merged' },
    })
    assert.sameDeepMembers(
      [...outcome.conflicts],
      [
        { field: 'hostname', kept: 'named', dropped: 'lost' },
        { field: 'serial_number', kept: 'SER00001', dropped: 'SER00002' },
        { field: 'model', kept: 'A', dropped: 'B' },
        { field: 'room_location', kept: '2265', dropped: '2266' },
      ]
    )
    assert.deepEqual(await inventory(), before)
  })

  test('pins of the one that stays win, and both keep their identifiers', async ({ assert }) => {
    const [a, b] = await two()

    await new MergeAssets().handle(b, { into: a }, PERSON)

    assert.containsSubset(await world.current.assets(), [{ id: a, hostname: 'named', vendor: 'pinned', room: '2265' }])
    const serials = await db.from('asset_identifiers').where({ asset_id: a, kind: 'serial' }).orderBy('value')
    assert.deepEqual(
      serials.map(({ value, strength }) => [value, strength]),
      [
        ['SER00001', 'strong'],
        ['SER00002', 'strong'],
      ]
    )
    await assert.rejects(() => new RestoreAsset().handle(b, PERSON), AssetMerged)
    const run = await world.current.sync('all')
    assert.deepEqual([run.created, run.updated], [0, 0])
  })

  test('16: a merge by hand is taken back whole', async ({ assert }) => {
    const [a, b] = await two()
    const before = await inventory()
    const { changeSetId } = await new MergeAssets().handle(b, { into: a }, PERSON)

    await undo(changeSetId)

    assert.deepEqual(await inventory(), before)
  })

  test('what a person edited since the merge stays when it is taken back', async ({ assert }) => {
    const [a, b] = await two()
    const { changeSetId } = await new MergeAssets().handle(b, { into: a }, PERSON)
    await new EditAsset().handle(a, { notes: 'newer' }, PERSON)

    const outcome = await undo(changeSetId)

    assert.deepEqual(outcome.conflicts, [{ assetId: a, fields: ['notes'], reason: 'somebody changed it since' }])
    assert.containsSubset(await world.current.assets(), [
      { id: a, notes: 'newer' },
      { id: b, notes: 'kept' },
    ])
  })

  test('splitting what was merged brings the absorbed asset back, and no sync joins them again', async ({ assert }) => {
    const [a, b] = await two()
    const before = await inventory()
    const { movedRecordIds } = await new MergeAssets().handle(b, { into: a }, PERSON)

    const outcome = await new SplitAsset().handle(a, { records: movedRecordIds }, PERSON)

    assert.containsSubset(outcome, { splitId: b, isRevived: true })
    assert.deepEqual((await inventory()).assets, before.assets)
    assert.deepEqual((await inventory()).identifiers, before.identifiers)
    const run = await world.current.sync('all')
    assert.deepEqual([run.created, run.updated, run.held], [0, 0, 0])
  })

  test('records get an asset of their own, and splitting is taken back', async ({ assert }) => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'SER00001', model: 'A' }])
    await world.current.reads('beta', [{ id: '10.0.0.2', hostname: 'b', serial: 'SER00001', firmware: '2' }])
    const [asset] = await world.current.assets()
    const [, record] = await world.current.records()
    const before = await inventory()

    const outcome = await new SplitAsset().handle(Number(asset!.id), { records: [Number(record!.id)] }, PERSON)

    assert.containsSubset(await world.current.assets(), [
      { id: asset!.id, hostname: 'a', firmware_version: null, source: 'alpha', serial_number: 'SER00001' },
      { id: outcome.splitId, hostname: 'b', firmware_version: '2', source: 'beta', serial_number: null },
    ])
    const run = await world.current.reads('beta', [
      { id: '10.0.0.2', hostname: 'b', serial: 'SER00001', firmware: '3' },
    ])
    assert.deepEqual([run.created, run.held], [0, 0])
    assert.lengthOf(await openReviews(), 0)
    await world.current.reads('beta', [{ id: '10.0.0.2', hostname: 'b', serial: 'SER00001', firmware: '2' }])

    await undo(outcome.changeSetId)
    assert.deepEqual(
      (await inventory()).assets.filter((one) => one.is_active),
      before.assets
    )
  })

  test('the last record of an asset that a source made cannot be split off', async ({ assert }) => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'SER00001' }])
    const [asset] = await world.current.assets()
    const [record] = await world.current.records()

    const split = () => new SplitAsset().handle(Number(asset!.id), { records: [Number(record!.id)] }, PERSON)

    await assert.rejects(split, /At least one record must stay/)
  })
})
