import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { CreateAsset } from '#services/inventory/create_asset'
import { MergeAssets } from '#services/inventory/merge_assets'
import { ResolveReview } from '#services/reviews/resolve_review'
import { answer, openReviews, PERSON, undo } from '#tests/helpers/decide'
import { type Device } from '#tests/helpers/engine_world'
import { inventory } from '#tests/helpers/inventory'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const M = (digit: number) => `00:1b:21:3c:4d:0${digit}`

test.group('Twins of one source', (group) => {
  const world = eachWithWorld(group)

  const PAIR: Device[] = [
    { id: '10.0.0.1', hostname: 'fw-a', serial: 'PAIR0001', base: M(1) },
    { id: '10.0.0.2', hostname: 'fw-b', serial: 'PAIR0001', base: M(2) },
  ]

  test('19: one device by a person’s word is one asset with two records', async ({ assert }) => {
    await world.current.reads('beta', PAIR)

    const outcome = await answer({ verdict: 'same' })

    const assets = await world.current.assets()
    assert.lengthOf(assets, 1)
    assert.equal(outcome.assetId, assets[0]!.id)
    assert.deepEqual(
      (await world.current.records()).map((record) => [record.asset_id, record.link_state, record.link_rule]),
      [
        [assets[0]!.id, 'linked', 'new'],
        [assets[0]!.id, 'linked', 'new'],
      ]
    )
    const again = await world.current.reads(
      'beta',
      PAIR.map((device) => ({ ...device, firmware: '2' }))
    )
    assert.deepEqual([again.created, again.held], [0, 0])
    assert.lengthOf(await openReviews(), 0)
  })

  test('19: told apart, each gets an asset, the serial stays with the first, and nobody asks again', async ({
    assert,
  }) => {
    await world.current.reads('beta', PAIR)

    await answer({ verdict: 'different' })

    const serials = async () => (await world.current.assets()).map((asset) => [asset.hostname, asset.serial_number])
    const expected = [
      ['fw-a', 'PAIR0001'],
      ['fw-b', null],
    ]
    assert.deepEqual(await serials(), expected)
    for (const firmware of ['2', '3']) {
      const run = await world.current.reads(
        'beta',
        PAIR.map((device) => ({ ...device, firmware }))
      )
      assert.deepEqual([run.created, run.held], [0, 0])
    }
    assert.deepEqual(await serials(), expected)
    assert.lengthOf(await openReviews(), 0)
  })

  test('19: a third record of the pair from another source is asked about, not guessed at', async ({ assert }) => {
    await world.current.reads('beta', PAIR)
    await answer({ verdict: 'different' })

    const run = await world.current.reads('alpha', [{ id: '1', hostname: 'fw', serial: 'PAIR0001' }])

    assert.equal(run.held, 1)
    assert.deepEqual(
      (await openReviews()).map((review) => review.kind),
      ['merge_candidate']
    )
  })

  test('19: taken back, both wait again', async ({ assert }) => {
    await world.current.reads('beta', PAIR)
    const before = await inventory()
    for (const verdict of ['same', 'different'] as const) {
      const outcome = await answer({ verdict })
      await undo(outcome.changeSetId)
      assert.deepEqual(await inventory(), before)
    }
    const again = await world.current.sync('beta')
    assert.deepEqual([again.created, again.held], [0, 2])
  })

  test('17: a contradiction told apart gives each serial an asset; together they are one', async ({ assert }) => {
    const chain: Device[] = [
      { id: '1', hostname: 'x', serial: 'SER00001', base: M(1) },
      { id: '2', hostname: 'y', base: [M(1), M(2)] },
      { id: '3', hostname: 'z', serial: 'SER00002', base: M(2) },
    ]
    await world.current.reads('alpha', chain)

    const apart = await answer({ verdict: 'different' })
    assert.deepEqual(
      (await world.current.assets()).map((asset) => asset.serial_number),
      ['SER00001', null, 'SER00002']
    )
    await undo(apart.changeSetId)
    await answer({ verdict: 'same' })

    assert.lengthOf(await world.current.assets(), 1)
    const run = await world.current.reads(
      'alpha',
      chain.map((device) => ({ ...device, model: 'M' }))
    )
    assert.deepEqual([run.created, run.updated, run.held], [0, 1, 0])
  })
})

test.group('A suggestion', (group) => {
  const world = eachWithWorld(group)

  const suggest = async () => {
    const typed = await new CreateAsset().handle({ hostname: 'lab-sw', assetType: 'Switch', notes: 'mine' }, PERSON)
    await world.current.reads('alpha', [{ id: '1', hostname: 'LAB-SW', serial: 'FOC2140X0QK', model: 'C9300' }])
    return typed.assetId
  }

  test('25: accepted, the new asset is merged into the typed one', async ({ assert }) => {
    const typedId = await suggest()

    await answer({ verdict: 'same' })

    assert.containsSubset(await world.current.assets(), [
      {
        id: typedId,
        hostname: 'lab-sw',
        serial_number: 'FOC2140X0QK',
        model: 'C9300',
        notes: 'mine',
        source: 'merged',
      },
    ])
    assert.lengthOf(await openReviews(), 0)
  })

  test('25: refused, both stay, also when the record is decided about again', async ({ assert }) => {
    await suggest()

    await answer({ verdict: 'different' })

    assert.lengthOf(await world.current.assets(), 2)
    await world.current.reads('alpha', [{ id: '1', hostname: 'LAB-SW', serial: 'FOC2140X0QK', model: 'C9400' }])
    assert.lengthOf(await openReviews(), 0)
  })

  test('25: merged by hand, the suggestion is answered', async ({ assert }) => {
    const typedId = await suggest()
    const [, made] = await world.current.assets()

    const { changeSetId } = await new MergeAssets().handle(Number(made!.id), { into: typedId }, PERSON)
    assert.lengthOf(await openReviews(), 0)
    await undo(changeSetId)

    assert.lengthOf(await openReviews(), 1)
  })
})

test.group('A key that never moves with another serial', (group) => {
  const world = eachWithWorld(group)

  const edge = (serial: string, more: Partial<Device> = {}): Device => ({ id: '1', hostname: 'edge', serial, ...more })
  const drift = async () => {
    await world.current.reads('alpha', [edge('OLD00001', { model: 'X1', base: M(1) })])
    await world.current.reads('alpha', [edge('NEW00002', { model: 'X2', base: M(2) })])
  }

  test('22: the same device takes its new identity, and the next run changes nothing', async ({ assert }) => {
    await drift()
    assert.containsSubset((await openReviews())[0]!.parties[0]!.values, { serial_number: 'NEW00002' })

    await answer({ verdict: 'same' })

    assert.containsSubset(await world.current.assets(), [{ serial_number: 'NEW00002', model: 'X2' }])
    const again = await world.current.sync('alpha')
    assert.deepEqual([again.created, again.updated], [0, 0])
    const more = await world.current.reads('alpha', [edge('NEW00002', { model: 'X3', base: M(2) })])
    assert.deepEqual([more.created, more.updated], [0, 1])
    assert.lengthOf(await openReviews(), 0)
  })

  test('22: another device keeps the old asset as it was and begins one of its own', async ({ assert }) => {
    await drift()
    await world.current.reads('alpha', [edge('NEW00002', { model: 'X3', base: M(2) })])

    await answer({ verdict: 'different' })

    assert.containsSubset(await world.current.assets(), [
      { serial_number: 'OLD00001', model: 'X1' },
      { serial_number: 'NEW00002', model: 'X3' },
    ])
    const again = await world.current.sync('alpha')
    assert.deepEqual([again.created, again.updated, again.held], [0, 0, 0])
  })

  test('22: both answers can be taken back', async ({ assert }) => {
    await drift()
    const before = await inventory()
    const same = await answer({ verdict: 'same' })
    await undo(same.changeSetId)
    assert.deepEqual(await inventory(), before)
    const different = await answer({ verdict: 'different' })
    await undo(different.changeSetId)

    assert.containsSubset(await world.current.assets(), [{ serial_number: 'OLD00001' }])
    await world.current.sync('alpha')
    assert.deepEqual(
      (await openReviews()).map((review) => review.kind),
      ['identity_drift']
    )
    assert.lengthOf(await world.current.assets(), 1)
  })

  test('22: when the source goes back to the old serial, the question is answered', async ({ assert }) => {
    await drift()

    await world.current.reads('alpha', [edge('OLD00001', { model: 'X1', base: M(1) })])

    assert.lengthOf(await openReviews(), 0)
    assert.containsSubset(await world.current.assets(), [{ serial_number: 'OLD00001', model: 'X1' }])
  })
})

test.group('Learned junk', (group) => {
  const world = eachWithWorld(group)

  const boxes = (count: number, more: Partial<Device> = {}): Device[] =>
    Array.from({ length: count }, (_, index) => ({
      id: `${index}`,
      hostname: `box-${index}`,
      serial: 'ABC00001',
      ...more,
    }))

  test('4: dismissed, it stays junk and nobody asks again', async ({ assert }) => {
    await world.current.reads('alpha', boxes(5))

    await answer({ verdict: 'dismiss' })
    await world.current.reads('alpha', boxes(6, { model: 'M' }))

    assert.lengthOf(await openReviews(), 0)
    assert.isTrue((await world.current.assets()).every((asset) => asset.serial_number === null))
  })

  test('4: called real, it is evidence again, and is never learned again', async ({ assert }) => {
    await world.current.reads('alpha', boxes(5))
    const before = await inventory()

    const outcome = await answer({ verdict: 'different' })

    const serials = (await world.current.assets()).map((asset) => asset.serial_number)
    assert.deepEqual(serials, ['ABC00001', null, null, null, null])
    await undo(outcome.changeSetId)
    assert.deepEqual(await inventory(), before)
    await answer({ verdict: 'different' })
    await world.current.reads('alpha', boxes(5, { model: 'M' }))
    assert.containsSubset(await db.from('identifier_denylist'), [{ value: 'ABC00001', origin: 'allowed' }])
    assert.lengthOf(await db.from('identifier_denylist'), 1)
  })

  test('an answer that does not fit is refused and names those that do', async ({ assert }) => {
    await world.current.reads('alpha', boxes(5))
    const [review] = await openReviews()

    const wrong = () => new ResolveReview().handle(review!.id, { verdict: 'approve' }, PERSON)

    await assert.rejects(wrong, /dismiss, different, later/)
  })
})
