import { gzipSync } from 'node:zlib'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { body, isList, listOf, onList, PEERS, status, type PeerDevice, type PeerName } from './peers.js'
import { CANARY, eachWithPeers } from './peers_world.js'

const devices = (count: number): PeerDevice[] =>
  Array.from({ length: count }, (_, index) => ({
    id: 1000 + index,
    ip: `10.1.${Math.floor(index / 250)}.${(index % 250) + 1}`,
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
    mac: `00:1b:21:00:${Math.floor(index / 256).toString(16)}:${(index % 256).toString(16)}`,
  }))

test.group('A peer that answers badly', (group) => {
  const world = eachWithPeers(group)

  /** A source that was read well once, and lists one device more now. */
  async function readBefore(name: PeerName) {
    const { peers } = world.current
    peers[name].devices = devices(3)
    await world.current.sync(name)
    peers[name].devices = devices(4)
    peers[name].requests.length = 0
    return { peer: peers[name], before: await world.current.inventory() }
  }

  test('G1: {name} answers {code} once, and the run succeeds')
    .with(PEERS.flatMap((name) => [500, 502, 503].map((code) => ({ name, code }))))
    .run(async ({ assert }, { name, code }) => {
      const { peer } = await readBefore(name)
      const isCrash = name === 'netdisco' && code === 500
      peer.fault = onList(name, (response, count) => (count === 1 ? status(response, code) : undefined))

      const run = await world.current.sync(name)

      assert.equal(run.status, 'completed', run.errors.join())
      assert.equal(run.created, 1)
      assert.deepEqual(run.errors, [])
      assert.equal(peer.listings, 2)
      assert.equal(run.requests, peer.requests.length, isCrash ? 'a crash page is tried again too' : undefined)
    })

  test('G2: {$self} answers 500 for ever: it failed, and the other source is read')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const other = PEERS.find((one) => one !== name)!
      const { peer } = await readBefore(name)
      peer.fault = onList(name, (response) => status(response, 500))
      world.current.peers[other].devices = devices(5).slice(4)

      const run = await world.current.sync('all')

      assert.equal(run.status, 'failed')
      const [failed] = run.children.filter(({ source }) => source === name)
      assert.equal(failed!.status, 'failed')
      assert.include(failed!.errors[0], '500')
      assert.include(failed!.errors[0], peer.name === 'netdisco' ? '/api/v1/search/device' : '/api/v0/devices')
      assert.notInclude(run.errors.join(), 'internals-of-the-peer')
      assert.isAtMost(peer.listings, 6)
      assert.equal(run.created, 1)
      assert.isTrue(run.errors.every((error) => error.toLowerCase().includes(name)))
    })

  test('G3: {$self} asks for a second, gets it, and the run succeeds')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const { peer } = await readBefore(name)
      let refusedAt = 0
      peer.fault = onList(name, (response, count) => {
        if (count > 1) {
          assert.isAtLeast(performance.now() - refusedAt, 950)
          return undefined
        }
        refusedAt = performance.now()
        return status(response, 429, { 'retry-after': '1' })
      })

      const run = await world.current.sync(name)

      assert.deepEqual([run.status, run.created], ['completed', 1])
    })

  test('G4: {$self} refuses the credentials: no second try, and no secret is told')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const { peer, before } = await readBefore(name)
      peer.fault = (request, response) =>
        request.url === '/login' || name === 'librenms' ? status(response, 401) : undefined

      const run = await world.current.sync(name)

      assert.equal(run.status, 'failed')
      assert.match(run.errors[0]!, name === 'netdisco' ? /refused the user name/ : /refused the API token/)
      assert.notInclude(JSON.stringify(run), CANARY)
      assert.lengthOf(peer.requests, 1)
      assert.deepEqual(await world.current.inventory(), before)
    })

  test('G5: the key expires in the middle: one new login, and the run goes on', async ({ assert }) => {
    const peer = world.current.peers.netdisco
    peer.devices = devices(1200)
    peer.fault = onList('netdisco', (response, count) => (count === 2 ? status(response, 401) : undefined))

    const run = await world.current.sync('netdisco')

    assert.deepEqual([run.status, run.created], ['completed', 1200])
    assert.lengthOf(
      peer.requests.filter((request) => request === 'POST /login'),
      2
    )
  })

  test('G5: the new key is refused too: the run failed, and nothing of its pages is kept', async ({ assert }) => {
    const peer = world.current.peers.netdisco
    peer.devices = devices(1200)
    peer.fault = onList('netdisco', (response, count) => (count >= 2 ? status(response, 401) : undefined))

    const run = await world.current.sync('netdisco')

    assert.equal(run.status, 'failed')
    assert.lengthOf(await world.current.assets(), 0)
    assert.lengthOf(
      peer.requests.filter((request) => request === 'POST /login'),
      2
    )
  })

  test('{title}: {name}, and nothing is applied')
    .with(
      PEERS.flatMap((name) => [
        {
          name,
          title: 'G6: a web page with status 200 is no list',
          answer: () => ({ text: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }),
          says: /web page|text\/html/,
        },
        {
          name,
          title: 'G7: an answer that ends in the middle is told with what came',
          answer: () => ({ text: listOf(name, devices(4)).slice(0, -40), headers: {} }),
          says: /cut off/,
        },
        {
          name,
          title: 'G7: an answer shorter than announced is refused',
          answer: () => ({ text: listOf(name, devices(4)).slice(0, -40), headers: { 'content-length': '100000' } }),
          says: /cut off|closed|ended|broke/,
        },
        {
          name,
          title: 'G9: a bomb stops at the cap',
          answer: () => ({
            text: gzipSync(Buffer.alloc(64 * 1024 * 1024, 32)),
            headers: { 'content-encoding': 'gzip' },
          }),
          says: /more than|larger than|limit/,
        },
        {
          name,
          title: 'G25: text behind the list is refused',
          answer: () => ({ text: `${listOf(name, devices(4))} and more`, headers: {} }),
          says: /JSON/,
        },
      ])
    )
    .run(async ({ assert }, { name, answer, says }) => {
      const { peer, before } = await readBefore(name)
      const { text, headers } = answer()
      peer.fault = onList(name, (response) => {
        body(response, text, headers as Record<string, string>)
        if ('content-length' in headers) {
          response.destroy()
        }
        return true
      })

      const run = await world.current.sync(name)

      assert.equal(run.status, 'failed')
      assert.match(run.errors[0]!, says)
      assert.deepEqual(await world.current.inventory(), before)
    })

  test('G10: {$self} lists the same page for ever, or lies about its count: it failed, nothing is missing')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const { peer, before } = await readBefore(name)
      const page = name === 'netdisco' ? listOf(name, devices(500)) : listOf(name, devices(4)).replace(':4}', ':9}')
      peer.fault = onList(name, (response) => body(response, page))

      const run = await world.current.sync(name)

      assert.equal(run.status, 'failed')
      assert.isAtMost(peer.listings, 3)
      assert.deepEqual(await world.current.inventory(), before)
    })

  test('G18: {name} redirects to {to}, which never hears of it')
    .with(PEERS.flatMap((name) => ['another host', 'http://169.254.169.254/'].map((to) => ({ name, to }))))
    .run(async ({ assert, cleanup }, { name, to }) => {
      const heard: unknown[] = []
      const other = createServer((request, response) => {
        heard.push(request.headers)
        response.end('[]')
      })
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      cleanup(() => void other.close())
      const { port } = other.address() as AddressInfo
      const { peer, before } = await readBefore(name)
      const location = to === 'another host' ? `http://localhost:${port}/` : to
      peer.fault = onList(name, (response) => status(response, 302, { location }))

      const run = await world.current.sync(name)

      assert.equal(run.status, 'failed')
      assert.match(run.errors[0]!, /redirect/)
      assert.deepEqual(heard, [])
      assert.deepEqual(await world.current.inventory(), before)
    })

  test('G24: {$self} is not there: the refused connection is the cause that is told')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const { peer, before } = await readBefore(name)
      await peer.stop()

      const run = await world.current.sync(name)

      assert.equal(run.status, 'failed')
      assert.match(run.errors[0]!, /refuses connections/)
      assert.deepEqual(await world.current.inventory(), before)
    })

  test('G25: {$self} sends no type of content and a mark before the text, and is read')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const { peer } = await readBefore(name)
      peer.fault = (request, response) => {
        if (!isList(name, request.url)) {
          return undefined
        }
        response.writeHead(200)
        response.end(`\uFEFF${listOf(name, devices(4))}`)
        return true
      }

      const run = await world.current.sync(name)

      assert.deepEqual([run.status, run.created], ['completed', 1], run.errors.join())
    })
})
