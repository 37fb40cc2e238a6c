import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import SyncApply from '#commands/sync/apply'
import SyncPlan from '#commands/sync/plan'
import SyncUndo from '#commands/sync/undo'
import { EditAsset } from '#services/inventory/edit_asset'
import { runCommand } from '#tests/helpers/run_command'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'

const PERSON = { userId: null, name: 'ada' }

test.group('sync:plan, sync:apply and sync:undo', (group) => {
  const world = eachWithWorldInApp(group)

  const models = async () => (await world.current.assets()).map((asset) => asset.model)

  test('show a plan in words, and write nothing', async ({ assert }) => {
    await world.current.reads('alpha', devices(2, { model: 'old' }))
    world.current.says('alpha', [...devices(2, { model: 'new' }), { id: '9', hostname: 'third', serial: 'SERIAL9' }])

    const { exitCode, lines } = await runCommand(SyncPlan, ['alpha'])

    assert.equal(exitCode, 0)
    assert.match(lines[0]!, /^Plan \d+ of alpha \(planned\): 1 created, 2 updated$/)
    assert.match(lines[1]!, /#1 create third: .*serial_number SERIAL9/)
    assert.match(lines[2]!, /#2 update host-0 \(item \d+\): model old → new/)
    assert.match(lines.at(-1)!, /sync:apply \d+ --hash=[\w-]{43}$/)
    assert.deepEqual(await models(), ['old', 'old'])
  })

  test('print the first new items of many, all of them on request, and no value that fills the screen', async ({
    assert,
  }) => {
    world.current.says('alpha', devices(25, { model: 'm'.repeat(200) }))

    const short = await runCommand(SyncPlan, ['alpha'])
    const long = await runCommand(SyncPlan, ['alpha', '--all'])

    assert.equal(short.lines.at(-2)!, '  … and 5 more new items: --all prints them')
    assert.lengthOf(
      short.lines.filter((line) => line.includes(' create ')),
      20
    )
    assert.lengthOf(
      long.lines.filter((line) => line.includes(' create ')),
      25
    )
    assert.include(short.lines[1], `model ${'m'.repeat(59)}…`)
  })

  test('print with --json what the API answers, and nothing else', async ({ assert }) => {
    await world.current.reads('alpha', devices(2, { model: 'old' }))
    world.current.says('alpha', devices(2, { model: 'new' }))

    const planned = await runCommand(SyncPlan, ['alpha', '--json'])
    assert.containsSubset(planned.json, { source: 'alpha', status: 'planned', counts: { update: 2, guards: [] } })
    const { id, plan_hash: hash } = planned.json
    const applied = await runCommand(SyncApply, [String(id), `--hash=${hash}`, '--json'])
    assert.equal(applied.exitCode, 0)
    assert.containsSubset(applied.json, { id, status: 'completed', counts: { applied: 2 } })
    assert.deepEqual(await models(), ['new', 'new'])

    const undone = await runCommand(SyncUndo, [String(id), '--json'])
    assert.equal(undone.exitCode, 0)
    assert.containsSubset(undone.json, { undone: 2, conflicts: [] })
    assert.isNumber(undone.json.change_id)
    assert.deepEqual(await models(), ['old', 'old'])
  })

  test('plan every configured source when none is named', async ({ assert }) => {
    world.current.says('alpha', devices(1))

    const { exitCode, json } = await runCommand(SyncPlan, ['--json'])

    assert.equal(exitCode, 0)
    assert.deepEqual(
      json.map(({ source }: { source: string }) => source),
      ['alpha', 'beta', 'gamma']
    )
  })

  test('apply only the rows that are named, and ask for a person where one is stale', async ({ assert }) => {
    await world.current.reads('alpha', devices(3, { model: 'old' }))
    world.current.says('alpha', devices(3, { model: 'new' }))
    const plan = await world.current.plan('alpha')
    const [first] = await world.current.assets()
    await new EditAsset().handle(Number(first!.id), { notes: 'mine' }, PERSON)

    const { exitCode, lines } = await runCommand(SyncApply, [String(plan.id), `--hash=${plan.planHash}`, '--rows=1,3'])

    assert.equal(exitCode, 2)
    assert.include(lines.join('\n'), '1 rows were left alone')
    assert.deepEqual(await models(), ['old', 'old', 'new'])
  })

  test('fail with 1 where a plan cannot be applied, and with 3 where it is asked wrongly', async ({ assert }) => {
    await world.current.reads('alpha', devices(1, { model: 'old' }))
    world.current.says('alpha', devices(1, { model: 'new' }))
    const { id, planHash } = await world.current.plan('alpha')
    const cases = [
      [SyncApply, [String(id), '--hash=no'], 1, 'not the hash of plan'],
      [SyncApply, ['999999999', '--hash=no'], 1, 'no sync run 999999999'],
      [SyncApply, [String(id)], 3, '--hash'],
      [SyncApply, ['x', '--hash=no'], 3, 'The plan is no number: "x"'],
      [SyncApply, [String(id), `--hash=${planHash}`, '--rows=2'], 3, 'has no row 2'],
      [SyncApply, [String(id), `--hash=${planHash}`, '--rows=a'], 3, 'The row is no number: "a"'],
      [SyncPlan, ['nowhere'], 3, 'nowhere'],
      [SyncUndo, [], 3, 'The run is missing'],
      [SyncUndo, ['999999999'], 1, 'no sync run 999999999'],
    ] as const

    for (const [command, args, expected, words] of cases) {
      const { exitCode, lines } = await runCommand(command, [...args])
      assert.equal(exitCode, expected, args.join(' '))
      assert.include(lines.join('\n'), words)
    }
    assert.deepEqual(await models(), ['old'])
  })

  test('name the guard of a plan and ask for a person', async ({ assert }) => {
    await world.current.reads('alpha', devices(40))
    world.current.says(
      'alpha',
      devices(40).map((device) => ({ ...device, hostname: `x-${device.hostname}` }))
    )

    const { exitCode, lines } = await runCommand(SyncPlan, ['alpha'])

    assert.equal(exitCode, 2)
    assert.include(lines.join('\n'), 'would replace the hostname of 40 of 40 devices')
  })

  test('say why a source could not be planned', async ({ assert }) => {
    world.current.says('alpha', [], { fault: { afterPages: 0, error: new Error('down') } })

    const { exitCode, lines } = await runCommand(SyncPlan, ['alpha'])

    assert.equal(exitCode, 1)
    assert.include(lines[0], '(failed)')
  })

  test('take back a run of all sources with all of its parts', async ({ assert }) => {
    world.current.says('alpha', devices(2, { model: 'old' }))
    world.current.says('beta', [{ id: 'b', hostname: 'other', serial: 'OTHER001' }])
    const run = await world.current.sync('all')
    assert.lengthOf(await world.current.assets(), 3)

    const dry = await runCommand(SyncUndo, [String(run.id), '--dry-run'])
    assert.match(dry.lines[0]!, /^3 items would be taken back$/)
    assert.lengthOf(await world.current.assets(), 3)
    const done = await runCommand(SyncUndo, [String(run.id)])

    assert.equal(done.exitCode, 0)
    assert.match(done.lines[0]!, /^3 items were taken back by change \d+ and \d+$/)
    assert.lengthOf(await world.current.assets(), 0)
  })

  test('list what stays because a person changed it since', async ({ assert }) => {
    await world.current.reads('alpha', devices(1, { model: 'old' }))
    const run = await world.current.reads('alpha', devices(1, { model: 'new' }))
    const id = Number((await world.current.assets())[0]!.id)
    await new EditAsset().handle(id, { model: 'by hand' }, PERSON)

    const { exitCode, lines } = await runCommand(SyncUndo, [String(run.id)])

    assert.equal(exitCode, 2)
    assert.include(lines.join('\n'), `item ${id}, model stays: somebody changed it since`)
    assert.deepEqual(await models(), ['by hand'])
  })

  test('have nothing to take back of a run that wrote nothing', async ({ assert }) => {
    await world.current.reads('alpha', devices(1))
    const run = await world.current.sync('alpha')

    const { exitCode, lines } = await runCommand(SyncUndo, [String(run.id)])

    assert.equal(exitCode, 0)
    assert.include(lines[0], 'wrote nothing')
    assert.lengthOf(await db.from('change_sets'), 1)
  })
})
