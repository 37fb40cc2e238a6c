import { type ServerResponse } from 'node:http'
import { test } from '@japa/runner'
import { certificatePath, startTcpPeer, startTlsPeer } from '#tests/unit/sources/peer'
import { listOf, onList, PEERS, type PeerDevice, type PeerName } from './peers.js'
import { eachWithPeers } from './peers_world.js'

const devices = (count: number): PeerDevice[] =>
  Array.from({ length: count }, (_, index) => ({
    id: 1000 + index,
    ip: `10.1.0.${index + 1}`,
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
  }))

/** One try, which ends after this long. */
const IMPATIENT = { tryMs: 400, retryBudgetMs: 1 }

test.group('A peer that cannot be talked to', (group) => {
  const world = eachWithPeers(group)

  /** A source that was read well once, and lists one device more now. */
  async function readBefore(name: PeerName) {
    const { peers } = world.current
    peers[name].devices = devices(3)
    await world.current.sync(name)
    peers[name].devices = devices(4)
    return { peer: peers[name], before: await world.current.inventory() }
  }

  test('G8: {name} {does}: the run ends at its deadline, and nothing is applied')
    .with(
      PEERS.flatMap((name) => [
        {
          name,
          does: 'drips its list',
          answer: (response: ServerResponse) => drip(response, listOf(name, devices(4))),
        },
        { name, does: 'accepts and never answers', answer: () => true },
      ])
    )
    .run(async ({ assert }, { name, answer }) => {
      const { peer, before } = await readBefore(name)
      await world.current.configure({}, IMPATIENT)
      peer.fault = onList(name, answer)

      const run = await world.current.sync(name)

      assert.equal(run.status, 'failed')
      assert.match(run.errors[0]!, /within 0.4 s/)
      assert.deepEqual(await world.current.inventory(), before)
    })

  test('G19: {name} has a certificate that {is}: refused with the reason, and nothing is applied')
    .with(
      PEERS.flatMap((name) => [
        { name, is: 'has expired', certificate: 'expired', isTrusted: true, says: /has expired/ },
        { name, is: 'names another host', certificate: 'other_name', isTrusted: true, says: /nms\.lab\.example/ },
        { name, is: 'nobody vouches for', certificate: 'valid', isTrusted: false, says: /_CA_FILE/ },
      ])
    )
    .run(async ({ assert, cleanup }, { name, certificate, isTrusted, says }) => {
      const { peer, before } = await readBefore(name)
      const { url } = await startTlsPeer(cleanup, certificate, (request, response) => peer.handle(request, response))
      const caFile = certificatePath('authority.pem')
      await world.current.configure({ [name]: { baseUrl: url, ...(isTrusted ? { caFile } : {}) } })
      peer.requests.length = 0

      const run = await world.current.sync(name)

      assert.equal(run.status, 'failed')
      assert.match(run.errors[0]!, says)
      assert.deepEqual(peer.requests, [])
      assert.deepEqual(await world.current.inventory(), before)
    })

  test('G19: {$self} has a certificate of an authority that is configured, and is read')
    .with(PEERS)
    .run(async ({ assert, cleanup }, name) => {
      const { peer } = await readBefore(name)
      const { url } = await startTlsPeer(cleanup, 'valid', (request, response) => peer.handle(request, response))
      await world.current.configure({ [name]: { baseUrl: url, caFile: certificatePath('authority.pem') } })

      const run = await world.current.sync(name)

      assert.deepEqual([run.status, run.created], ['completed', 1])
    })

  test('G24: {name}, {what}: a cause of its own in one line, and nothing is applied')
    .with(
      PEERS.flatMap((name) => [
        { name, what: 'no such name', says: /no-such-host\.invalid/, to: () => 'http://no-such-host.invalid' },
        {
          name,
          what: 'a connection reset while TLS begins',
          says: /closed the connection/,
          to: (port: number) => `https://127.0.0.1:${port}`,
        },
        {
          name,
          what: 'a connection reset at the request',
          says: /closed the connection/,
          to: (port: number) => `http://127.0.0.1:${port}`,
        },
      ])
    )
    .run(async ({ assert, cleanup }, { name, says, to }) => {
      const { before } = await readBefore(name)
      const { port } = await startTcpPeer(cleanup, (socket) => socket.once('data', () => socket.resetAndDestroy()))
      await world.current.configure({ [name]: { baseUrl: to(port) } }, { retryBudgetMs: 1 })

      const run = await world.current.sync(name)

      assert.equal(run.status, 'failed')
      assert.match(run.errors[0]!, says)
      assert.notInclude(run.errors[0], '\n')
      assert.deepEqual(await world.current.inventory(), before)
    })
})

/** A byte now and then, for ever. */
function drip(response: ServerResponse, text: string): true {
  response.writeHead(200, { 'content-type': 'application/json' })
  let sent = 0
  const timer = setInterval(() => response.write(text[sent++] ?? ' '), 20)
  response.on('close', () => clearInterval(timer))
  return true
}
