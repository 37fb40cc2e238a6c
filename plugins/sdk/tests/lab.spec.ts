import { test } from '@japa/runner'
import { makeLab, type LabDevice, type LabOddity } from '@laim/sdk/lab'

const LAB = makeLab()

function withOddity(oddity: LabOddity): LabDevice[] {
  return LAB.filter((device) => device.oddities.includes(oddity))
}

test.group('Simulated lab', () => {
  test('is the same for the same seed and another for another', ({ assert }) => {
    assert.deepEqual(makeLab(), LAB)
    assert.notDeepEqual(makeLab({ seed: 7 }), LAB)
  })

  test('has at least 200 devices; both systems know most of them and each some alone', ({ assert }) => {
    const both = LAB.filter(({ seenBy }) => seenBy.librenms && seenBy.netdisco)
    const alone = (system: 'librenms' | 'netdisco') =>
      LAB.filter(({ seenBy }) => seenBy[system] && !both.some((device) => device.seenBy === seenBy))

    assert.isAtLeast(LAB.length, 200)
    assert.isAbove(both.length, LAB.length / 2)
    assert.isAbove(alone('librenms').length, 20)
    assert.isAbove(alone('netdisco').length, 20)
    assert.isTrue(LAB.every(({ seenBy }) => seenBy.librenms || seenBy.netdisco))
  })

  test('gives every device an id and addresses that no other has', ({ assert }) => {
    const unique = (values: readonly unknown[]) => new Set(values).size

    assert.deepEqual(
      LAB.map(({ id }) => id),
      LAB.map((_, place) => place + 1)
    )
    assert.equal(unique(LAB.map(({ ip }) => ip)), LAB.length)
    assert.equal(unique(LAB.map(({ views }) => views.netdisco.ip)), LAB.length)
    const named = LAB.filter(({ seenBy }) => seenBy.librenms)
    assert.equal(unique(named.map(({ views }) => views.librenms.hostname)), named.length)
  })

  test('has {$self} among its hard cases')
    .with([
      'stack',
      'virtual_router_pair',
      'junk_serial',
      'shared_serial',
      'no_serial_no_mac',
      'mac_only',
      'unicode',
      'name_of_253_characters',
      'overlong_text',
      'markup',
      'formula',
      'ping_only',
      'disabled',
      'pseudo',
      'listed_twice',
      'serial_only_in_inventory',
      'hostname_is_an_address',
      'names_differ',
      'models_differ',
      'versions_differ',
      'addresses_differ',
      'serial_case_differs',
    ] as LabOddity[])
    .run(({ assert }, oddity) => {
      assert.isNotEmpty(withOddity(oddity))
    })

  test('keeps the hard cases in a small lab', ({ assert }) => {
    const small = makeLab({ devices: 60 })

    assert.isAtMost(small.length, 70)
    assert.isTrue(small.some(({ oddities }) => oddities.includes('stack')))
    assert.isTrue(small.some(({ oddities }) => oddities.includes('markup')))
  })

  test('gives pairs of routers one virtual address, and stacks two members or more', ({ assert }) => {
    const [first, second] = withOddity('virtual_router_pair')
    const virtual = (device?: LabDevice) => device?.interfaces.at(-1)?.mac

    assert.equal(virtual(first), virtual(second))
    assert.match(virtual(first) ?? '', /^00:00:(?:0c:07:ac|5e:00:01)/)
    assert.isTrue(withOddity('stack').every(({ members }) => members.length > 1))
    assert.isTrue(withOddity('stack').every(({ serial, members }) => members[0]?.serial === serial))
  })

  test('lets the base address of a device without a serial be one of its ports', ({ assert }) => {
    const devices = withOddity('mac_only').filter(({ interfaces }) => interfaces.length > 0)

    assert.isNotEmpty(devices)
    for (const { baseMac, interfaces } of devices) {
      assert.isTrue(interfaces.some(({ mac }) => mac === baseMac))
    }
  })

  test('grows without repeating a serial, a base address or a name', ({ assert }) => {
    const large = makeLab({ devices: 3000 })
    const real = large.filter(({ oddities }) =>
      ['junk_serial', 'shared_serial', 'listed_twice', 'virtual_router_pair'].every(
        (oddity) => !oddities.some((one) => one === oddity)
      )
    )
    const repeats = (values: readonly (string | null)[]) => {
      const present = values.filter((value) => value !== null)
      return present.length - new Set(present).size
    }

    assert.lengthOf(large, 3000)
    assert.equal(repeats(real.map(({ serial }) => serial)), 0)
    assert.equal(repeats(real.map(({ baseMac }) => baseMac)), 0)
    assert.equal(repeats(real.map(({ hostname }) => hostname)), 0)
  })
})
