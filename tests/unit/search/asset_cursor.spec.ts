import { test } from '@japa/runner'
import { type Asset } from '#core/assets/asset'
import { InvalidValue } from '#core/assets/errors'
import { readCursor, toCursor } from '#services/search/asset_cursor'
import { ASSET_SORTS, toAssetSort } from '#services/search/asset_sort'

const ASSET = {
  id: 17,
  hostname: 'lab-"é"\\',
  assetType: 'Switch',
  room: null,
  serialNumber: 'FOC1',
  assetTag: null,
  ipAddress: '192.0.2.14',
  createdAt: '2026-11-01T09:00:00.000Z',
  updatedAt: '2026-11-22T06:00:01.000Z',
} as Asset

function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

test.group('Asset cursor', () => {
  test('says the place of an asset in every order', ({ assert }) => {
    for (const name of Object.keys(ASSET_SORTS).flatMap((key) => [key, `-${key}`])) {
      const sort = toAssetSort(name)
      const value = sort.holds === 'id' ? null : ASSET[sort.field]
      assert.deepEqual(readCursor(toCursor(ASSET, sort), sort), { value, id: 17 }, name)
    }
  })

  test('is refused by another order, also by the same one reversed', ({ assert }) => {
    const cursor = toCursor(ASSET, toAssetSort('hostname'))
    for (const name of ['-hostname', 'serial_number', 'id']) {
      assert.throws(() => readCursor(cursor, toAssetSort(name)), /none that this list gave out/)
    }
  })

  test('is refused when forged, as a fault of the field cursor', ({ assert }) => {
    const sort = 'hostname'
    const forged = [
      '',
      'x',
      '!!!',
      encode('null'),
      encode('[]'),
      encode('{'),
      encode({}),
      encode({ sort, value: 'a' }),
      encode({ sort, value: 'a', id: '1' }),
      encode({ sort, value: 'a', id: 0 }),
      encode({ sort, value: 'a', id: 1.5 }),
      encode({ sort, value: 'a', id: 2 ** 31 }),
      encode({ sort, value: 7, id: 1 }),
      encode({ sort, value: null, id: 1 }),
      encode({ sort, value: { $gt: '' }, id: 1 }),
      encode({ sort, value: 'a\0', id: 1 }),
      encode({ sort, value: '\ud800', id: 1 }),
      `${encode({ sort, value: 'a', id: 1 })}=`,
      `${encode({ sort, value: 'a', id: 1 })}\n`,
    ]
    for (const cursor of forged) {
      const error = errorOf(() => readCursor(cursor, toAssetSort(sort)))
      assert.instanceOf(error, InvalidValue, cursor)
      assert.equal((error as InvalidValue).faults[0]!.field, 'cursor')
    }
  })

  test('of a time is refused unless it is one', ({ assert }) => {
    const sort = toAssetSort('-updated_at')
    for (const value of ['soon', '2026-13-01T00:00:00.000Z', '2026-11-22', `2026-11-22T06:00:01.000Z'--`, null]) {
      assert.throws(() => readCursor(encode({ sort: '-updated_at', value, id: 1 }), sort))
    }
  })
})

test.group('Asset sort', () => {
  test('refuses what is no sort of the list, and names those that are', ({ assert }) => {
    for (const name of [
      '',
      '-',
      'notes',
      '--hostname',
      'hostname desc',
      'id;--',
      '__proto__',
      'constructor',
      'Hostname',
    ]) {
      const error = errorOf(() => toAssetSort(name)) as InvalidValue
      assert.instanceOf(error, InvalidValue, name)
      assert.equal(error.faults[0]!.field, 'sort')
      assert.include(error.message, 'hostname, id, item_type')
    }
  })
})

function errorOf(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return null
}
