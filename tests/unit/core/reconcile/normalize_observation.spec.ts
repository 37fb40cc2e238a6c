import { test } from '@japa/runner'
import { type Observation } from '@laim/sdk'
import { isRejection, normalizeObservation } from '#core/reconcile/normalize_observation'
import { type NormalObservation } from '#core/reconcile/types'

const BASE: Observation = {
  nativeId: '42',
  identifiers: [
    { kind: 'serial', value: ' foc2140x0qk ', role: 'chassis' },
    { kind: 'mac', value: '001b.213c.4d5e', role: 'base' },
    { kind: 'mac', value: '00:00:0c:07:ac:01', role: 'interface' },
  ],
  claims: { hostname: 'sw-1.lab', serialNumber: 'foc2140x0qk', macAddress: '00-1B-21-3C-4D-5E', vendor: '  ' },
}

function normal(observation: Partial<Observation> = {}): NormalObservation {
  const result = normalizeObservation({ ...BASE, ...observation }, 1)
  if (isRejection(result)) {
    throw new Error(result.message)
  }
  return result
}

test.group('Normalising an observation', () => {
  test('brings values into canonical form and drops what says nothing', ({ assert }) => {
    assert.deepEqual(normal().claims, {
      hostname: 'sw-1.lab',
      serialNumber: 'FOC2140X0QK',
      macAddress: '001b213c4d5e',
    })
  })

  test('keeps shared addresses for the search, but not as evidence', ({ assert }) => {
    const strengths = normal().identifiers.map(({ kind, value, strength }) => [kind, value, strength])

    assert.deepEqual(strengths, [
      ['serial', 'FOC2140X0QK', 'strong'],
      ['mac', '001b213c4d5e', 'strong'],
      ['mac', '00000c07ac01', 'weak'],
    ])
  })

  test('hashes the same content the same, in any order and whatever the time', ({ assert }) => {
    const reordered = normal({
      identifiers: [...BASE.identifiers].reverse(),
      observedAt: '2026-11-22T06:00:00Z',
      raw: { uptime: 5 },
      href: 'https://nms.example.org/device/42',
    })

    assert.equal(reordered.contentHash, normal().contentHash)
    assert.notEqual(normal({ claims: { ...BASE.claims, model: 'X' } }).contentHash, normal().contentHash)
  })

  test('hashes anew when the plugin maps differently', ({ assert }) => {
    const again = normalizeObservation(BASE, 2)

    assert.notEqual((again as NormalObservation).contentHash, normal().contentHash)
  })

  test('keeps an asserted empty value apart from no opinion', ({ assert }) => {
    assert.isNull(normal({ claims: { model: null } }).claims.model)
    assert.notProperty(normal({ claims: {} }).claims, 'model')
  })

  test('keeps the raw record readable, whatever its texts look like', ({ assert }) => {
    const { raw } = normal({ raw: { 'a': 'C:\\u0000', 'b': 'x\0y\ud83d', 'c\0': '\\\\u0000\0', 'd': '😀' } })

    assert.deepEqual(JSON.parse(raw!), { a: 'C:\\u0000', b: 'xy', c: '\\\\u0000', d: '😀' })
  })

  test('strips secrets from the raw record, and links that are no web addresses', ({ assert }) => {
    const { raw, href } = normal({
      raw: { name: 'sw', community: 'public', nested: { authpass: 'x', snmp_comm: 'y' } },
      href: 'javascript:alert(1)',
    })

    assert.equal(raw, '{"name":"sw","nested":{}}')
    assert.isNull(href)
  })

  test('rejects a record without a usable key', ({ assert }) => {
    for (const nativeId of ['', '  ', 'x'.repeat(300)]) {
      assert.isTrue(isRejection(normalizeObservation({ ...BASE, nativeId }, 1)))
    }
  })

  test('ignores a claimed type that is none of ours', ({ assert }) => {
    assert.notProperty(normal({ claims: { assetType: 'Toaster' } }).claims, 'assetType')
    assert.equal(normal({ claims: { assetType: 'Printer' } }).claims.assetType, 'Printer')
  })
})
