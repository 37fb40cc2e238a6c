import { test } from '@japa/runner'
import { BasePath } from '#middleware/base_path'

const base = new BasePath('/laim')

test.group('The path below which LAIM is served', () => {
  test('is cut off once, and only where it is the whole of a segment', ({ assert }) => {
    for (const [path, known] of [
      ['/laim', '/'],
      ['/laim/', '/'],
      ['/laim?search=a', '/?search=a'],
      ['/laim/items/4?x=/laim/', '/items/4?x=/laim/'],
      ['/laim/laim/items', '/laim/items'],
      ['/laim-2/items', '/laim-2/items'],
      ['/items/4', '/items/4'],
      ['/', '/'],
    ] as const) {
      assert.equal(base.cut(path), known)
    }
    assert.equal(base.cutUrl('https://tools.example.org/laim/items?a=1'), 'https://tools.example.org/items?a=1')
    assert.equal(base.cutUrl('no address'), 'no address')
  })

  test('is set before addresses of our own, in headers and in markup, and before nothing else', ({ assert }) => {
    assert.equal(base.before('/items/4'), '/laim/items/4')
    assert.equal(base.before('//stranger.example.org'), '/laim//stranger.example.org')
    assert.equal(base.before('</api/items?a=b>; rel="next"'), '</laim/api/items?a=b>; rel="next"')
    assert.equal(base.before('https://example.org/x'), 'https://example.org/x')

    const markup = '<a class="x" href="/">/</a><a href="#main"></a><input value="/dev/sda" /><i>&quot; href=&quot;/</i>'
    assert.equal(base.beforeAll(markup), markup.replace('href="/"', 'href="/laim/"'))
    assert.equal(base.beforeAll('<form\n  action="/runs"></form>'), '<form\n  action="/laim/runs"></form>')
  })
})
