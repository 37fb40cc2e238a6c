import { test } from '@japa/runner'
import { answerJson, answerText, FastClock, faultOf, openClient, startPeer, startTcpPeer } from './peer.js'

test.group('HTTP client, retries', () => {
  test('G1: tries again after {0}')
    .with([500, 502, 503])
    .run(async ({ assert, cleanup }, status) => {
      const peer = await startPeer(cleanup, answerText('oops', 'text/html', status), answerJson({ ok: true }))
      const clock = new FastClock()

      const { body } = await openClient(cleanup, peer.url, { clock }).json({ path: '/devices' })

      assert.deepEqual(body, { ok: true })
      assert.lengthOf(peer.requests, 2)
      assert.lengthOf(clock.waits, 1)
      assert.isBelow(clock.waits[0]!, 30_000)
    })

  test('G1: tries again after a connection that was reset', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, (request) => request.socket.destroy(), answerJson([1]))

    const { body } = await openClient(cleanup, peer.url).json({ path: '/devices' })

    assert.deepEqual(body, [1])
  })

  test('G2: gives up after four retries and names status and path, not the body', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerText('SELECT secret', 'text/html', 500))

    const fault = await faultOf(openClient(cleanup, peer.url).json({ path: '/devices', query: { token: 'x' } }))

    assert.equal(fault.kind, 'unavailable')
    assert.include(fault.message, '500 at GET /devices')
    assert.notInclude(fault.message, 'SELECT')
    assert.notInclude(fault.message, 'token')
    assert.lengthOf(peer.requests, 5)
  })

  test('starts no retry that would end after the budget', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({}, 429, { 'retry-after': '50' }))
    const clock = new FastClock()

    const fault = await faultOf(openClient(cleanup, peer.url, { clock }).json({ path: '/' }))

    assert.equal(fault.kind, 'rate_limited')
    assert.deepEqual(clock.waits, [50_000, 50_000])
  })

  test('G3: waits as long as Retry-After says, in seconds or until a date', async ({ assert, cleanup }) => {
    const clock = new FastClock()
    const date = new Date(Date.now() + 6000).toUTCString()
    const peer = await startPeer(
      cleanup,
      answerJson({}, 429, { 'retry-after': '2' }),
      answerJson({}, 503, { 'retry-after': date }),
      answerJson({ ok: true })
    )

    await openClient(cleanup, peer.url, { clock }).json({ path: '/' })

    assert.equal(clock.waits[0], 2000)
    assert.isAtMost(clock.waits[1]!, 6000)
    assert.isAtLeast(clock.waits[1]!, 1000)
  })

  test('G3: hands a Retry-After over a minute to the run', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({}, 429, { 'retry-after': '3600' }))

    const fault = await faultOf(openClient(cleanup, peer.url).json({ path: '/' }))

    assert.equal(fault.kind, 'rate_limited')
    assert.equal(fault.retryAfterMs, 3_600_000)
    assert.lengthOf(peer.requests, 1)
  })

  test('G3: fails on the Retry-After "{0}" and names it')
    .with(['soon', '864000', '-5'])
    .run(async ({ assert, cleanup }, value) => {
      const peer = await startPeer(cleanup, answerJson({}, 429, { 'retry-after': value }))

      const fault = await faultOf(openClient(cleanup, peer.url).json({ path: '/' }))

      assert.equal(fault.code, 'E_SOURCE_RETRY_AFTER')
      assert.include(fault.message, `"${value}"`)
      assert.isUndefined(fault.retryAfterMs)
      assert.lengthOf(peer.requests, 1)
    })

  test('G3: never asks more often than the limit in any second', async ({ assert, cleanup }) => {
    const arrivals: number[] = []
    const peer = await startPeer(cleanup, (_request, response) => {
      arrivals.push(performance.now())
      response.end('{}')
    })
    const http = openClient(cleanup, peer.url, { limits: { requestsPerSecond: 20 } })

    await Promise.all(Array.from({ length: 30 }, () => http.json({ path: '/' })))

    for (const [index, begun] of arrivals.entries()) {
      const inSecond = arrivals.slice(index).filter((arrival) => arrival < begun + 1000)
      assert.isAtMost(inSecond.length, 20)
    }
  })

  test('sends a POST once, and again only when it is idempotent', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({}, 500))
    const http = openClient(cleanup, peer.url)

    await faultOf(http.json({ path: '/', method: 'POST', body: {} }))
    assert.lengthOf(peer.requests, 1)
    await faultOf(http.json({ path: '/', method: 'POST', body: {}, idempotent: true }))
    assert.lengthOf(peer.requests, 6)
  })

  test('does not try again what would fail again: {status}')
    .with([{ status: 400 }, { status: 401 }, { status: 403 }, { status: 404 }, { status: 302 }])
    .run(async ({ cleanup, assert }, { status }) => {
      const peer = await startPeer(cleanup, answerJson({}, status))

      await faultOf(openClient(cleanup, peer.url).json({ path: '/' }))

      assert.lengthOf(peer.requests, 1)
    })

  test('stops waiting when the run is cancelled', async ({ assert, cleanup }) => {
    const peer = await startTcpPeer(cleanup, () => {})
    const controller = new AbortController()
    const http = openClient(cleanup, peer.url, { signal: controller.signal })

    setTimeout(() => controller.abort(), 50)
    const fault = await faultOf(http.json({ path: '/' }))

    assert.equal(fault.kind, 'cancelled')
  })

  test('asks nothing once the run is cancelled', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({}))

    const fault = await faultOf(openClient(cleanup, peer.url, { signal: AbortSignal.abort() }).json({ path: '/' }))

    assert.equal(fault.kind, 'cancelled')
    assert.lengthOf(peer.requests, 0)
  })
})
