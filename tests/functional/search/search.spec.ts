import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { type Asset } from '#core/assets/asset'
import { toSearchTerms } from '#core/assets/search_text'
import { ListAssets } from '#services/search/list_assets'
import { type AssetDraft, insertAssets } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'

const SEED = 20261122
const HOSTNAMES = [
  'LAB-SW-',
  'lab_sw_',
  '100%-lab-',
  'back\\slash-',
  'quo"te-',
  "o'brien-",
  'AND-',
  'NEAR(lab)-',
  'star*-',
  'Größe-',
  'ΟΔΟΣ-',
  '実験室-',
  '😀-',
  'é-',
]
const MODELS = [null, 'WS-C2960X-48FPD-L', 'Latitude 7420', 'PowerEdge R740', 'a_b%c', '--', 'OR NOT']
const VENDORS = [null, 'Cisco', 'Dell', 'HEWLETT packard', 'Ubiquiti']

interface Searchable {
  readonly asset: Asset
  readonly macs: readonly string[]
}

/** 500 assets that have every awkward character, made from the seed alone. */
function draftAssets(): AssetDraft[] {
  const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 12, maxLength: 12 })
  const mac = hex.map((digits) => `${digits.startsWith('0') ? '001b21' : '3c5ab4'}${digits.slice(6)}`)
  const draft = fc.record({
    hostname: fc.tuple(fc.constantFrom(...HOSTNAMES), fc.nat(9999)).map(([name, n]) => `${name}${n}`),
    serialNumber: fc.option(hex.map((digits) => `FOC${digits.slice(0, 8).toUpperCase()}`)),
    assetTag: fc.option(fc.nat(99_999).map((n) => `LAB-${n}`)),
    subLocation: fc.option(fc.nat(40).map((n) => `Rack ${n}`)),
    ipAddress: fc.option(fc.ipV4()),
    model: fc.constantFrom(...MODELS),
    vendor: fc.constantFrom(...VENDORS),
    macAddress: fc.option(mac),
    macs: fc.array(mac, { maxLength: 3 }),
  })
  return fc.sample(draft, { numRuns: 500, seed: SEED })
}

/** What a person would call a match, without the index, its text or its order. */
function isMatch({ asset, macs }: Searchable, search: string): boolean {
  const { hostname, serialNumber, assetTag, subLocation, ipAddress, model, vendor, macAddress } = asset
  const values = [hostname, serialNumber, assetTag, subLocation, ipAddress, model, vendor, macAddress, ...macs]
    .filter((value) => value !== null)
    .map((value) => value.toLowerCase().replaceAll('ς', 'σ').normalize('NFC'))

  return toSearchTerms(search).words.every(({ text, macDigits }) =>
    values.some((value) => value.includes(text) || (macDigits !== null && value.includes(macDigits)))
  )
}

/** Searches as people make them: parts of values, addresses in five notations, syntax of the databases, anything. */
function searches(stored: readonly Searchable[]): fc.Arbitrary<string> {
  const texts = stored.flatMap(({ asset }) =>
    [asset.hostname, asset.serialNumber, asset.assetTag, asset.subLocation, asset.ipAddress, asset.model].filter(
      (value) => value !== null
    )
  )
  const part = fc
    .tuple(fc.constantFrom(...texts), fc.nat(30), fc.integer({ min: 1, max: 9 }))
    .map(([text, start, length]) => text.slice(start % text.length, (start % text.length) + length))
  const notations = [/(..)(?=.)/g, /(....)(?=.)/g, /(......)(?=.)/g]
  const address = fc
    .tuple(
      fc.constantFrom(...stored.flatMap(({ macs }) => macs)),
      fc.constantFrom(...notations),
      fc.constantFrom(':', '-', '.'),
      fc.nat(8),
      fc.integer({ min: 1, max: 17 }),
      fc.boolean()
    )
    .map(([mac, groups, separator, start, length, upper]) => {
      const word = mac.replace(groups, `$1${separator}`).slice(start, start + length)
      return upper ? word.toUpperCase() : word
    })
  const syntax = fc.constantFrom(
    ...[
      '%',
      '_',
      '\\',
      '"',
      "'",
      '*',
      'AND',
      'OR',
      'NOT',
      'NEAR(',
      '-x',
      '^',
      'a_b%',
      '\\s',
      '""',
      'lab*',
      'search:lab',
      '😀',
      '%%',
      '__',
      '(',
      ')',
      '+',
      '?',
      '??',
      ':a',
      '$1',
      '\\?',
    ]
  )
  const word = fc.oneof(part, address, syntax, fc.string({ maxLength: 3 }), fc.string({ unit: 'binary', maxLength: 4 }))
  return fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
}

test.group('Search', (group) => {
  let stored: Searchable[] = []

  group.setup(async () => {
    const rollback = await testUtils.db().withGlobalTransaction()
    await addNames()
    const drafts = draftAssets()
    const assets = await insertAssets(drafts)
    stored = assets.map((asset, index) => ({ asset, macs: drafts[index]!.macs! }))
    return rollback
  })

  async function find(search: string, sort = 'hostname') {
    return new ListAssets().handle({ search, sort, activeOnly: true, limit: 1000 })
  }

  function expected(search: string): number[] {
    return stored.filter((one) => isMatch(one, search)).map(({ asset }) => asset.id)
  }

  test('B6: finds exactly what a plain filter over the values finds', async ({ assert }) => {
    const property = fc.asyncProperty(searches(stored), async (search) => {
      const { assets, total } = await find(search)
      const found = assets.map((asset) => asset.id).sort((a, b) => a - b)
      assert.deepEqual(found, expected(search))
      assert.deepEqual(total, { count: found.length, exact: true })
    })
    await fc.assert(property, { numRuns: 600, seed: SEED })
  }).timeout(60_000)

  test('B6: finds an address in every notation', async ({ assert }) => {
    const mac = stored.find(({ macs }) => macs.length > 0)!.macs[0]!
    const pairs = mac.match(/../g)!
    const notations = [
      pairs.join(':'),
      pairs.join('-').toUpperCase(),
      mac.match(/..../g)!.join('.'),
      `${mac.slice(0, 6)}-${mac.slice(6)}`,
      mac.toUpperCase(),
      pairs.join(' '),
      `${pairs.slice(1, 5).join(':')}:`,
    ]
    for (const search of notations) {
      const { assets } = await find(search)
      assert.includeMembers(
        assets.map((asset) => asset.id),
        stored.filter(({ macs }) => macs.includes(mac)).map(({ asset }) => asset.id),
        search
      )
    }
  })

  test('finds single letters and pairs, and nothing by a pair that occurs nowhere', async ({ assert }) => {
    for (const search of ['l', 'L', 'qz', '%', '_', 'é', '実', '😀', '0']) {
      const { total } = await find(search)
      assert.equal(total.count, expected(search).length, search)
    }
    assert.equal((await find('qz')).total.count, 0)
  })

  test('B6: takes a text of any length, and every asset for none', async ({ assert }) => {
    assert.equal((await find('lab '.repeat(2500))).total.count, expected('lab').length)
    assert.equal((await find('x'.repeat(10_000))).total.count, 0)
    assert.equal((await find(' \n\t ')).total.count, 500)
  })
})
