import { once } from 'node:events'
import { type RequestListener, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { DrainingServer } from '../../../bin/draining_server.js'

const REQUEST = 'GET / HTTP/1.1\r\nHost: laim\r\n\r\n'

test.group('The server, told to close', (group) => {
  let server: DrainingServer

  async function serve(handle: RequestListener): Promise<void> {
    server = new DrainingServer().serve(handle)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }

  async function open(): Promise<Socket> {
    const isAccepted = once(server, 'connection')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    await isAccepted
    return socket
  }

  function closed(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    server.close(() => resolve())
    return promise
  }

  group.each.teardown(() => server.closeAllConnections())

  test('does not wait for connections that ask nothing', async () => {
    await serve((_request, response) => response.end('well'))
    const [silent, answered] = [await open(), await open()]
    answered.write(REQUEST)
    await once(answered, 'data')

    const ends = [once(silent.resume(), 'close'), once(answered.resume(), 'close')]

    await closed()
    await Promise.all(ends)
  })

  test('finishes what is under way, and ends its connection', async ({ assert }) => {
    const { promise: isUnderWay, resolve: receive } = Promise.withResolvers<ServerResponse>()
    await serve((_request, response) => receive(response))
    const socket = await open()
    socket.write(REQUEST)
    const answer = text(socket)
    const response = await isUnderWay

    const isClosed = closed()
    response.end('well')

    await isClosed
    assert.match(await answer, /^HTTP\/1\.1 200 OK\r\n[^]*connection: close\r\n[^]*well/i)
  })

  test('answers 503 to what still comes on an open connection', async ({ assert }) => {
    const { promise: isUnderWay, resolve: receive } = Promise.withResolvers<ServerResponse>()
    await serve((_request, response) => {
      response.flushHeaders()
      receive(response)
    })
    const socket = await open()
    socket.write(REQUEST)
    const answer = text(socket)
    const response = await isUnderWay

    const isClosed = closed()
    const isAsked = once(server, 'request')
    socket.write(REQUEST)
    await isAsked
    response.end('well')

    await isClosed
    assert.match(await answer, /200 OK[^]*well[^]*503 Service Unavailable[^]*Retry-After: 5[^]*E_STOPPING/)
  })
})

test.group('The server, before there is anything behind it', () => {
  test('answers 503 until it serves, and listens once', async ({ assert, cleanup }) => {
    const server = new DrainingServer()
    cleanup(() => server.closeAllConnections())
    cleanup(() => void server.close())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const ask = () => fetch(`http://127.0.0.1:${port}/api/items`)

    const early = await ask()
    server.serve((_request, response) => response.end('well'))
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const later = await ask()

    assert.deepEqual([early.status, early.headers.get('retry-after'), later.status], [503, '2', 200])
    assert.containsSubset(await early.json(), { code: 'E_STARTING' })
  })
})
