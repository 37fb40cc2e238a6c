import { test } from '@japa/runner'
import { inventoryUrl, isNarrowed, readInventoryQuery } from '#transformers/console/inventory_query'

test.group('The address of the inventory', () => {
  test('says the whole state of the page and nothing that is usual', ({ assert }) => {
    const query = readInventoryQuery({
      search: ' sw ',
      item_type: ['Switch', 'Router'],
      room: '2265',
      sort: 'hostname',
    })

    assert.equal(inventoryUrl(query), '/?search=sw&item_type=Switch&item_type=Router&room=2265')
    assert.equal(inventoryUrl(readInventoryQuery({})), '/')
    assert.isTrue(isNarrowed(query))
  })

  test('starts at the first page when anything of it changes', ({ assert }) => {
    const query = readInventoryQuery({ search: 'sw', cursor: 'abc', deleted: '1' })

    assert.equal(inventoryUrl(query, { sort: '-asset_tag' }), '/?search=sw&deleted=1&sort=-asset_tag')
    assert.equal(inventoryUrl(query, { cursor: 'def' }), '/?search=sw&cursor=def&deleted=1')
  })

  test('overlooks what it does not understand', ({ assert }) => {
    const query = readInventoryQuery({
      search: { x: 1 },
      status: 'broken',
      presence: 'maybe',
      sort: 'password',
      item_type: '',
    })

    assert.equal(inventoryUrl(query), '/')
    assert.isFalse(isNarrowed(query))
  })
})
