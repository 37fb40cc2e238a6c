import { test } from '@japa/runner'
import AssetExplain from '#commands/asset/explain'
import AssetFind from '#commands/asset/find'
import { PinField } from '#services/inventory/pin_field'
import { runCommand } from '#tests/helpers/run_command'
import { eachWithWorldInApp } from '#tests/helpers/world_in_app'

const PERSON = { userId: null, name: 'ada' }

test.group('asset:find and asset:explain', (group) => {
  const world = eachWithWorldInApp(group)

  async function withDevices() {
    await world.current.reads('alpha', [
      { id: '1', hostname: 'lab-sw-1', serial: 'FOC2140X0QK', base: '001b.213c.4d5e', model: 'C9300' },
      { id: '2', hostname: 'lab-sw-2', serial: 'FOC2140X0QL' },
    ])
    await world.current.reads('beta', [{ id: 'b', hostname: 'sw1', serial: 'FOC2140X0QK', model: 'C9300-48P' }])
    return Number((await world.current.assets())[0]!.id)
  }

  test('find items by any part of what is known of them', async ({ assert }) => {
    await withDevices()

    const byName = await runCommand(AssetFind, ['lab', 'sw', '--json'])
    const byMac = await runCommand(AssetFind, ['001B-213C', '--json'])
    const table = await runCommand(AssetFind, ['FOC2140X0QL'])

    assert.deepEqual(
      byName.json.map(({ hostname }: { hostname: string }) => hostname),
      ['lab-sw-1', 'lab-sw-2']
    )
    assert.containsSubset(byMac.json, [{ hostname: 'lab-sw-1', mac_address: '00:1B:21:3C:4D:5E' }])
    assert.equal(table.exitCode ?? 0, 0)
    assert.include(table.lines.join('\n'), 'lab-sw-2')
  })

  test('say so when nothing matches, and how much more there is', async ({ assert }) => {
    await withDevices()

    const nothing = await runCommand(AssetFind, ['nowhere'])
    const some = await runCommand(AssetFind, ['lab', '--limit=1'])

    assert.equal(nothing.exitCode ?? 0, 0)
    assert.include(nothing.lines[0], 'Nothing matches')
    assert.include(some.lines.join('\n'), '1 of 2')
  })

  test('explain who gave each value, what lost and what is pinned', async ({ assert }) => {
    const id = await withDevices()
    await new PinField().handle(id, { field: 'hostname', value: 'pinned', reason: 'label on the box' }, PERSON)

    const { lines, exitCode } = await runCommand(AssetExplain, [String(id)])
    const { json } = await runCommand(AssetExplain, [String(id), '--json'])

    assert.equal(exitCode ?? 0, 0)
    const text = lines.join('\n')
    assert.match(text, /hostname +pinned {2}\[pinned by ada until always, since .*\] \(label on the box\)/)
    assert.match(text, /model +C9300 {2}\[alpha 1, precedence, since \S+, run \d+\]/)
    assert.include(text, '00:1B:21:3C:4D:5E  [alpha 1')
    assert.include(text, 'beta b says C9300-48P: alpha ranks before it')
    const model = json.find(({ field }: { field: string }) => field === 'model')
    assert.containsSubset(model, { value: 'C9300', winner: { source: 'alpha' }, contested: true })
  })

  test('exit with 1 for an item that there is not, and with 3 for a wrong question', async ({ assert }) => {
    const cases = [
      [AssetExplain, ['999999999'], 1, 'There is no item 999999999'],
      [AssetExplain, ['lab'], 3, 'The item is no number: "lab"'],
      [AssetExplain, [], 3, 'The item is missing'],
      [AssetFind, [], 3, 'Say what to look for'],
      [AssetFind, ['lab', '--limit=0'], 3, 'from 1 to 1000'],
    ] as const

    for (const [command, args, expected, words] of cases) {
      const { exitCode, lines } = await runCommand(command, [...args])
      assert.equal(exitCode, expected, args.join(' '))
      assert.include(lines.join('\n'), words)
    }
  })
})
