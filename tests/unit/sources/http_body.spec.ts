import { gzipSync } from 'node:zlib'
import vine from '@vinejs/vine'
import { test } from '@japa/runner'
import { answerJson, answerText, collect, faultOf, openClient, startPeer, startTcpPeer } from './peer.js'

const KIBIBYTE = 1024

test.group('HTTP client, bodies', () => {
  test('reads JSON in any dress: gzip, a byte order mark, no type', async ({ assert, cleanup }) => {
    const peer = await startPeer(
      cleanup,
      (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}')),
      (_request, response) => response.end('\ufeff{"a":1}'),
      answerText('{"a":1}', 'text/html')
    )
    const http = openClient(cleanup, peer.url)

    for (const path of ['/gzip', '/mark', '/untyped']) {
      const { body } = await http.json({ path })
      assert.deepEqual(body, { a: 1 })
    }
  })

  test('G6: says that a web page is no JSON, and where it came from')
    .with([
      { type: 'text/html; charset=utf-8', shown: 'text/html' },
      { type: 'application/json', shown: 'text/html' },
    ])
    .run(async ({ assert, cleanup }, { type, shown }) => {
      const peer = await startPeer(cleanup, answerText('<!doctype html><form>', type))
      const http = openClient(cleanup, peer.url)

      const fault = await faultOf(http.json({ path: '/api/v0/devices' }))
      const streamed = await faultOf(collect(http.items({ path: '/api/v0/devices' }, 'devices')))

      assert.equal(fault.kind, 'bad_payload')
      assert.equal(fault.message, `expected JSON, got ${shown} (at GET /api/v0/devices)`)
      assert.equal(streamed.message, fault.message)
    })

  test('G6: names other types, empty answers and broken text')
    .with([
      { body: 'ip,name\n1,2', type: 'text/comma-separated-values', expected: 'got text/comma-separated-values' },
      { body: '', type: 'application/json', expected: 'got an empty answer' },
      { body: '{"a":1} trailing', type: 'application/json', expected: 'not valid JSON from character 8 on' },
    ])
    .run(async ({ assert, cleanup }, { body, type, expected }) => {
      const peer = await startPeer(cleanup, answerText(body, type))

      const fault = await faultOf(openClient(cleanup, peer.url).json({ path: '/' }))

      assert.include(fault.message, expected)
      assert.lengthOf(peer.requests, 2)
    })

  test('G7: says that an answer was cut off: {how}')
    .with([
      { how: 'content-length', head: 'Content-Length: 400\r\n\r\n{"devices":[{"id":1},{"i' },
      { how: 'chunked', head: 'Transfer-Encoding: chunked\r\n\r\n18\r\n{"devices":[{"id":1},{"i\r\n' },
      { how: 'clean end', head: 'Connection: close\r\n\r\n{"devices":[{"id":1},{"i' },
    ])
    .run(async ({ assert, cleanup }, { head }) => {
      const peer = await startTcpPeer(cleanup, (socket) => {
        socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${head}`))
      })
      const http = openClient(cleanup, peer.url)

      const whole = await faultOf(http.json({ path: '/devices' }))
      const streamed = await faultOf(collect(http.items({ path: '/devices' }, 'devices')))

      for (const fault of [whole, streamed]) {
        assert.equal(fault.code, 'E_SOURCE_CUT_OFF')
        assert.include(fault.message, 'cut off after 24 bytes')
      }
    })

  test('G8: a body that drips ends at the deadline, however busy it looks', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    })
    const http = openClient(cleanup, peer.url, { limits: { retries: false } })

    const fault = await faultOf(http.json({ path: '/slow', timeoutMs: 300 }))

    assert.equal(fault.kind, 'timeout')
    assert.include(fault.message, 'did not finish the answer to GET /slow within 0.3 s')
  })

  test('G8: a peer that accepts and never answers ends at the deadline', async ({ assert, cleanup }) => {
    const peer = await startTcpPeer(cleanup, () => {})

    const fault = await faultOf(
      openClient(cleanup, peer.url, { limits: { retries: false, tryMs: 200 } }).json({ path: '/' })
    )

    assert.equal(fault.kind, 'timeout')
  })

  test('the reader of a stream may take its time', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson([1, 2, 3, 4]))
    const http = openClient(cleanup, peer.url, { limits: { tryMs: 150 } })

    const seen: number[] = []
    for await (const item of http.items<number>({ path: '/' }, '')) {
      seen.push(item)
      await new Promise((resolve) => setTimeout(resolve, 80))
    }

    assert.deepEqual(seen, [1, 2, 3, 4])
  })

  test('G9: stops a gzip bomb and a huge plain body at the cap', async ({ assert, cleanup }) => {
    const bomb = gzipSync(Buffer.alloc(64 * KIBIBYTE * KIBIBYTE, ' '))
    const peer = await startPeer(
      cleanup,
      (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
      (_request, response) => {
        const chunk = Buffer.alloc(64 * KIBIBYTE, ' ')
        response.on('drain', () => response.write(chunk))
        response.write(chunk)
      }
    )
    const limits = { maxBufferedBytes: 1024 * KIBIBYTE, maxStreamedBytes: 2048 * KIBIBYTE }
    const http = openClient(cleanup, peer.url, { limits })

    const bombed = await faultOf(http.json({ path: '/' }))
    const streamed = await faultOf(collect(http.items({ path: '/' }, '')))

    assert.include(bombed.message, 'larger than 1024 KiB')
    assert.include(streamed.message, 'larger than 2048 KiB')
    assert.lengthOf(peer.requests, 2)
  })

  test('caps each element of a stream', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson([{ a: 1 }, { name: 'x'.repeat(512 * KIBIBYTE) }]))

    const fault = await faultOf(
      collect(openClient(cleanup, peer.url, { limits: { maxElementBytes: 128 * KIBIBYTE } }).items({ path: '/' }, ''))
    )

    assert.include(fault.message, 'one element of the answer is larger than 128 KiB')
  })

  test('streams the elements of an array, wherever it lies', async ({ assert, cleanup }) => {
    const devices = Array.from({ length: 1000 }, (_, id) => ({ id, name: `sw-${id} "ü"`, ports: [{ n: [1, [2]] }] }))
    const peer = await startPeer(
      cleanup,
      answerJson({ status: 'ok', devices, count: 1000 }),
      answerJson({ meta: { data: [0] }, data: { total: 3, items: [null, 'two', 3.5] }, items: [9] }),
      answerJson([]),
      answerJson({ __proto__: null, list: [JSON.parse('{"__proto__":{"x":1},"constructor":2}')] })
    )
    const http = openClient(cleanup, peer.url)

    assert.deepEqual(await collect(http.items({ path: '/' }, 'devices')), devices)
    assert.deepEqual(await collect(http.items({ path: '/' }, 'data.items')), [null, 'two', 3.5])
    assert.deepEqual(await collect(http.items({ path: '/' }, '')), [])
    const [strange] = await collect(http.items<Record<string, unknown>>({ path: '/' }, 'list'))
    assert.isUndefined(({} as Record<string, unknown>).x)
    assert.equal(strange?.constructor, 2)
  })

  test('refuses a stream without the array, or with elements nested beyond reason', async ({ assert, cleanup }) => {
    const deep = `[${'['.repeat(10_000)}${']'.repeat(10_000)}]`
    const peer = await startPeer(
      cleanup,
      answerJson({ devices: {} }),
      answerText('null', 'application/json'),
      answerText(deep, 'application/json')
    )
    const http = openClient(cleanup, peer.url)

    const faultAt = (arrayPath: string) => faultOf(collect(http.items({ path: '/' }, arrayPath)))

    for (const { arrayPath, says } of [
      { arrayPath: 'devices', says: 'no array "devices"' },
      { arrayPath: 'devices', says: 'no array "devices"' },
      { arrayPath: '', says: 'nested deeper than' },
    ]) {
      const fault = await faultAt(arrayPath)
      assert.include(fault.message, says)
    }
  })

  test('holds a body against a shape and names the fields that differ', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({ status: 'ok', count: '7' }), answerJson({ status: 5, count: 7 }))
    const shape = vine.create({ status: vine.string(), count: vine.number() })
    const http = openClient(cleanup, peer.url)

    const { body } = await http.json({ path: '/' }, shape)
    const fault = await faultOf(http.json({ path: '/x?token=abc' }, shape))

    assert.deepEqual(body, { status: 'ok', count: 7 })
    assert.equal(fault.message, 'the answer to GET /x has another shape than expected: status (string)')
  })

  test('returns an accepted status, with its body when that is JSON', async ({ assert, cleanup }) => {
    const peer = await startPeer(
      cleanup,
      answerJson({ message: 'none' }, 404),
      answerText('<html>', 'text/html', 404),
      answerText('', 'application/json', 401)
    )
    const http = openClient(cleanup, peer.url)
    const ask = () => http.json({ path: '/', accept: [404, 401] })

    assert.deepInclude(await ask(), { status: 404, body: { message: 'none' } })
    assert.deepInclude(await ask(), { status: 404, body: null })
    assert.deepInclude(await ask(), { status: 401, body: null })
  })
})
