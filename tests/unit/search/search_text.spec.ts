import { test } from '@japa/runner'
import { toSearchTerms, toSearchText } from '#core/assets/search_text'

const SWITCH = {
  hostname: 'LAB-SW-014',
  serialNumber: 'FOC2140X0QK',
  assetTag: 'LAB-0017',
  subLocation: 'Rack 1',
  ipAddress: '192.0.2.14',
  model: 'WS-C2960X',
  vendor: 'Cisco',
  macAddress: '001b213c4d5e',
}

const BARE = {
  ...SWITCH,
  serialNumber: null,
  assetTag: null,
  subLocation: null,
  ipAddress: null,
  model: null,
  vendor: null,
  macAddress: null,
}

test.group('Search text', () => {
  test('has a line for each value and each address, in lower case', ({ assert }) => {
    const text = toSearchText(SWITCH, ['AA:BB:CC:DD:EE:FF', '001b213c4d5e'])

    assert.deepEqual(text.split('\n'), [
      'lab-sw-014',
      'foc2140x0qk',
      'lab-0017',
      'rack 1',
      '192.0.2.14',
      'ws-c2960x',
      'cisco',
      '001b213c4d5e',
      'aabbccddeeff',
    ])
  })

  test('does not depend on the order in which addresses are known', ({ assert }) => {
    const macs = ['00000000000c', '00000000000a', '00000000000b']
    assert.equal(toSearchText(SWITCH, macs), toSearchText(SWITCH, macs.toReversed()))
  })

  test('has no line for what is absent', ({ assert }) => {
    assert.equal(toSearchText(BARE, []), 'lab-sw-014')
    assert.equal(toSearchText({ ...BARE, vendor: ' \n ' }, ['']), 'lab-sw-014')
  })

  test('keeps a value on one line, without control characters', ({ assert }) => {
    assert.equal(toSearchText({ ...BARE, hostname: 'a\nb\0c\td' }, []), 'a b c d')
  })

  test('keeps every address of a large chassis beside texts of any length', ({ assert }) => {
    const macs = Array.from({ length: 500 }, (_, index) => index.toString(16).padStart(12, '0'))
    const text = toSearchText({ ...SWITCH, model: 'x'.repeat(10_000) }, macs)

    assert.isTrue(macs.every((mac) => text.includes(mac)))
    assert.isBelow(text.length, 4000 + 13 * 501 + 1)
  })
})

test.group('Search terms', () => {
  test('are the words in lower case, each once', ({ assert }) => {
    assert.deepEqual(
      toSearchTerms('  Rack\t2265 rack\u00a0Cisco\n').words.map((word) => word.text),
      ['rack', '2265', 'cisco']
    )
    assert.deepEqual(toSearchTerms(' \n ').words, [])
  })

  test('read part of a hardware address in every notation', ({ assert }) => {
    const digits = (word: string) => toSearchTerms(word).words[0]?.macDigits
    const cases: [string, string][] = [
      ['00:1b:21:3c:4d:5e', '001b213c4d5e'],
      ['00-1B-21', '001b21'],
      ['001b.213c', '001b213c'],
      ['b.213c.4d', 'b213c4d'],
      ['001b21-3c4d5e', '001b213c4d5e'],
      ['001b:213c', '001b213c'],
      ['1b:21:3', '1b213'],
      ['b:21', 'b21'],
      ['00:1b:', '001b'],
      [':1b:21', '1b21'],
    ]
    for (const [word, expected] of cases) {
      assert.equal(digits(word), expected, word)
    }
  })

  test('do not take other words with such letters for one', ({ assert }) => {
    const others = [
      '1b213c',
      '192.0.2.14',
      '10.0',
      '192.168',
      'fe80::1',
      'lab-',
      'a-b',
      '-',
      ':',
      '00:1b:21:3c:4d:5e:6f',
      '1b-21:3c.4',
    ]
    for (const word of others) {
      assert.isNull(toSearchTerms(word).words[0]!.macDigits, word)
    }
  })

  test('read composed and decomposed letters, and both Greek sigmas, as the same', ({ assert }) => {
    assert.deepEqual(toSearchTerms('CAFÉ ΟΔΟΣ'), toSearchTerms('cafe\u0301 οδοσ'))
  })

  test('ignore what exceeds eight words or 200 characters', ({ assert }) => {
    assert.lengthOf(toSearchTerms('a b c d e f g h i j').words, 8)
    assert.equal(toSearchTerms('x'.repeat(10_000)).words[0]!.text, 'x'.repeat(200))
    assert.isTrue(toSearchTerms(`${'x'.repeat(199)}😀`).words[0]!.text.isWellFormed())
  })
})
