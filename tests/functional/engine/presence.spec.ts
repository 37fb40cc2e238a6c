import { SourceError } from '@laim/sdk'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { DateTime, Settings } from 'luxon'
import { EditAsset } from '#services/inventory/edit_asset'
import { ListAssets } from '#services/search/list_assets'
import { PERSON } from '#tests/helpers/decide'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const devices = (count: number, from = 0): Device[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(from + index),
    hostname: `host-${from + index}`,
    serial: `SERIAL${1000 + from + index}`,
  }))

const DAY_MS = 24 * 60 * 60 * 1000

test.group('What a source no longer lists', (group) => {
  const world = eachWithWorld(group)
  group.each.teardown(() => {
    Settings.now = () => Date.now()
  })

  const afterDays = (days: number) => {
    const then = Date.now() + days * DAY_MS
    Settings.now = () => then
  }
  const state = async () => db.from('assets').select('id', 'presence', 'is_active', 'revision').orderBy('id')

  test('49: absent from one complete run, a device stays present', async ({ assert }) => {
    await world.current.reads('alpha', devices(5))
    const run = await world.current.reads('alpha', devices(4))

    assert.equal(run.missing, 1)
    assert.isTrue((await state()).every((asset) => asset.presence === 'present'))
    const absent = await db.from('source_records').where('missed_runs', '>', 0)
    assert.deepEqual(
      absent.map((record) => [record.native_id, record.missed_runs]),
      [['4', 1]]
    )
  })

  test('50: absent from three complete runs over three days, it is missing; listed again, it is back', async ({
    assert,
  }) => {
    await world.current.reads('alpha', devices(5))
    for (const days of [0, 1, 3]) {
      afterDays(days)
      await world.current.reads('alpha', devices(4))
    }
    const presences = (await state()).map((asset) => asset.presence)
    assert.deepEqual(presences, ['present', 'present', 'present', 'present', 'missing'])

    const run = await world.current.reads('alpha', devices(5))

    assert.deepEqual([run.created, run.updated], [0, 1])
    assert.isTrue((await state()).every((asset) => asset.presence === 'present'))
    const actions = await db.from('changes').orderBy('id').select('action')
    assert.deepEqual(
      actions.slice(-2).map((change) => change.action),
      ['missing', 'return']
    )
  })

  test('50: thirty days later it is listed for a person to retire, unless it is a spare', async ({ assert }) => {
    const retirable = async () => {
      const query = { presence: 'retire_candidate', activeOnly: true, sort: 'hostname', limit: 10 } as const
      return (await new ListAssets().handle(query)).assets.map(({ hostname }) => hostname)
    }
    await world.current.reads('alpha', devices(20))
    await world.current.reads('beta', devices(18))
    for (const days of [0, 1, 3]) {
      afterDays(days)
      await world.current.reads('alpha', devices(17))
      assert.deepEqual(await retirable(), [])
    }
    afterDays(29)
    assert.deepEqual(await retirable(), [])

    afterDays(33)
    assert.deepEqual(await retirable(), ['host-18', 'host-19'])
    const spare = await db.from('assets').where('hostname', 'host-18').firstOrFail()
    await new EditAsset().handle(spare.id, { status: 'spare' }, PERSON)
    assert.deepEqual(await retirable(), ['host-19'])

    await world.current.reads('alpha', devices(20))
    assert.deepEqual(await retirable(), [])
  })

  test('50: absent for three months, it is still an active item with all that is known of it', async ({ assert }) => {
    await world.current.reads('alpha', devices(5))
    const last = async () => (await world.current.assets()).at(-1)!
    const before = await last()
    for (const days of [0, 1, 3, 30, 60, 90]) {
      afterDays(days)
      await world.current.reads('alpha', devices(4))
    }

    const { revision, updated_at: at } = await last()
    assert.deepEqual(await last(), { ...before, presence: 'missing', revision, updated_at: at })
  })

  test('three runs within an hour make nothing missing', async ({ assert }) => {
    await world.current.reads('alpha', devices(5))
    for (let round = 0; round < 4; round++) {
      await world.current.reads('alpha', devices(4))
    }

    assert.isTrue((await state()).every((asset) => asset.presence === 'present'))
  })

  test('51: what another source still lists is not missing', async ({ assert }) => {
    await world.current.reads('alpha', devices(5))
    await world.current.reads('beta', devices(5))
    for (const days of [0, 1, 3]) {
      afterDays(days)
      await world.current.reads('alpha', devices(4))
    }

    assert.isTrue((await state()).every((asset) => asset.presence === 'present'))
  })

  test('54, G20: zero devices mark nothing missing, ask a person and are told in the run', async ({ assert }) => {
    await world.current.reads('alpha', devices(30))
    const before = await state()
    for (const days of [0, 1, 3, 5]) {
      afterDays(days)
      const run = await world.current.reads('alpha', [])
      assert.equal(run.status, 'completed')
      assert.deepEqual(run.errors, ['alpha answered with 0 devices (was 30). Nothing was marked missing.'])
    }

    assert.deepEqual(await state(), before)
    assert.deepEqual(
      (await world.current.reviews()).map((review) => review.kind),
      ['guard_tripped']
    )
  })

  test('52, 53, G21: half of the devices, again and again, mark nothing missing', async ({ assert }) => {
    await world.current.reads('alpha', devices(30))
    const before = await state()
    for (const days of [0, 1, 3, 5]) {
      afterDays(days)
      const run = await world.current.reads('alpha', devices(15))
      assert.equal(run.missing, 0)
      assert.include(run.errors[0], 'no longer lists 15 of 30')
    }

    assert.deepEqual(await state(), before)
    const source = await db.from('sources').where('name', 'alpha').first()
    assert.equal(source.baseline_count, 30)
  })

  test('52: what a shrunken answer says of those it lists is applied, and a person is asked about the others', async ({
    assert,
  }) => {
    await world.current.reads('alpha', devices(30))
    const [first, ...others] = devices(6)
    for (const time of [1, 2]) {
      const run = await world.current.reads('alpha', [{ ...first!, firmware: `17.${time}` }, ...others])
      assert.equal(run.status, 'completed')
      assert.equal(run.updated, 1)
      assert.equal((await world.current.assets())[0]!.firmware_version, `17.${time}`)
    }

    assert.deepEqual(
      (await world.current.reviews()).map(({ kind }) => kind),
      ['guard_tripped']
    )
    const source = await db.from('sources').where('name', 'alpha').first()
    assert.equal(source.baseline_count, 30)
  })

  test('55: a reading that just ends is partial and sweeps nothing', async ({ assert }) => {
    await world.current.reads('alpha', devices(5))
    const run = await world.current.reads('alpha', devices(2), { final: null })

    assert.equal(run.status, 'completed')
    assert.include(run.errors[0], 'ended before its last page')
    assert.equal(run.missing, 0)
    assert.equal((await db.from('sync_runs').where('id', run.id).firstOrFail()).coverage, 'partial')
    assert.isNull(await db.from('source_records').where('missed_runs', '>', 0).first())
  })

  test('56: a page that fails for good fails the run, and nothing of it is planned', async ({ assert }) => {
    await world.current.reads('alpha', devices(20))
    const before = await db.from('assets').orderBy('id')
    const changed = devices(100, 10).map((device) => ({ ...device, model: 'changed' }))
    const error = new SourceError({ kind: 'unavailable', code: 'E_GONE', message: 'alpha answered 503: try later' })

    const run = await world.current.reads('alpha', changed, { pageSize: 1, fault: { afterPages: 36, error } })

    assert.equal(run.status, 'failed')
    assert.deepEqual(run.errors, ['alpha answered 503: try later'])
    assert.deepEqual(await db.from('assets').orderBy('id'), before)
    assert.lengthOf(await db.from('observations'), 20)
    assert.isNull(await db.from('source_records').where('missed_runs', '>', 0).first())

    const next = await world.current.reads('alpha', devices(20))
    assert.deepEqual([next.created, next.updated, next.status], [0, 0, 'completed'])
  })

  test('58: rejected records are seen, and many of them make the reading partial', async ({ assert }) => {
    await world.current.reads('alpha', devices(100))
    const rejected = devices(6).map((device) => ({
      nativeId: device.id,
      code: 'E_NO_NAME',
      message: 'The record has no name',
    }))

    const run = await world.current.reads('alpha', devices(94, 6), { rejected })

    assert.equal(run.rejected, 6)
    assert.equal((await db.from('sync_runs').where('id', run.id).firstOrFail()).coverage, 'partial')
    assert.include(run.errors[0], '6 of 100 records could not be used')
    for (const days of [1, 3, 5]) {
      afterDays(days)
      await world.current.sync('alpha')
    }
    assert.isNull(await db.from('source_records').where('missed_runs', '>', 0).first())
    assert.isTrue((await state()).every((asset) => asset.presence === 'present'))
  })

  test('78: a native id listed twice counts once, and the reading is partial', async ({ assert }) => {
    const run = await world.current.reads('alpha', [
      { id: '1', hostname: 'first', serial: 'SERIAL1' },
      { id: '1', hostname: 'second', serial: 'SERIAL2' },
    ])

    assert.equal(run.rejected, 1)
    assert.equal((await db.from('sync_runs').where('id', run.id).firstOrFail()).coverage, 'partial')
    assert.deepEqual(
      (await world.current.assets()).map((asset) => asset.hostname),
      ['first']
    )
  })

  test('79: hostile names are normalised or rejected, and the page survives', async ({ assert }) => {
    await world.current.reads('alpha', [
      { id: '1', hostname: 'emoji 🖨 printer' },
      { id: '2', hostname: 'nul\u0000byte' },
      { id: '3', hostname: 'x'.repeat(10_000) },
      { id: '4', hostname: '\u202Egnp.exe' },
      { id: '5', hostname: '\ud800lone' },
    ])

    const assets = await world.current.assets()
    assert.lengthOf(assets, 5)
    const names = assets.map((asset) => String(asset.hostname))
    assert.isTrue(
      names.every((name) => name.length <= 253 && !['\u0000', '\u202E', '\ud800'].some((bad) => name.includes(bad)))
    )
  })

  test('a source that fails does not keep the others from syncing', async ({ assert }) => {
    const error = new SourceError({ kind: 'auth', code: 'E_LOGIN', message: 'the password was refused: set a new one' })
    world.current.says('alpha', [], { fault: { afterPages: 0, error } })
    world.current.says('beta', devices(3))

    const run = await world.current.sync('all')

    assert.equal(run.status, 'failed')
    assert.equal(run.created, 3)
    assert.deepEqual(run.errors, ['alpha: the password was refused: set a new one'])
    const alpha = await db.from('sources').where('name', 'alpha').first()
    assert.containsSubset(alpha, { health: 'auth_failed', last_completed_at: null })
    assert.equal(DateTime.fromISO(run.completedAt!).isValid, true)
  })
})
