import { connect, isIP } from 'node:net'
import { Secret } from '@adonisjs/core/helpers'
import { test } from '@japa/runner'
import { guard } from '#services/sources/http/guarded_lookup'
import { isRefusedHost } from '#services/sources/http/refused_addresses'
import { parseTarget, toRequestPath } from '#services/sources/http/target'
import { answerJson, answerText, faultOf, openClient, startPeer } from './peer.js'

test.group('HTTP client, what leaves', () => {
  test('sends credentials and asks for JSON', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({}))

    await openClient(cleanup, `${peer.url}/netdisk/`).json({
      path: '/api/v0/devices',
      query: { order: 'id', limit: 5, type: undefined },
      headers: { 'X-Auth-Token': new Secret('tok-123456') },
    })

    assert.equal(peer.requests[0]?.url, '/netdisk/api/v0/devices?order=id&limit=5')
    assert.equal(peer.requests[0]?.headers['x-auth-token'], 'tok-123456')
    assert.equal(peer.requests[0]?.headers.accept, 'application/json')
  })

  test('G18: follows no redirect, and the other host never hears of it', async ({ assert, cleanup }) => {
    const other = await startPeer(cleanup, answerJson({}))
    const peer = await startPeer(cleanup, answerJson([], 302, { location: `${other.url}/api?token=s3cr3t-token` }))

    const fault = await faultOf(
      openClient(cleanup, peer.url).json({ path: '/api', headers: { 'X-Auth-Token': 'tok-123456' } })
    )

    assert.equal(fault.kind, 'bad_payload')
    assert.include(fault.message, `302 to ${other.url}/api at GET /api`)
    assert.notInclude(fault.message, 's3cr3t')
    assert.lengthOf(other.requests, 0)
  })

  test('G18: reads the meaning of a redirect to {location}')
    .with([
      { location: '/login?return_url=%2F', kind: 'auth' },
      { location: '/login/denied?return_url=%2F', kind: 'permission' },
      { location: 'http://169.254.169.254/latest', kind: 'bad_payload' },
      { location: 'http://[', kind: 'bad_payload' },
    ])
    .run(async ({ assert, cleanup }, { location, kind }) => {
      const peer = await startPeer(cleanup, answerJson([], 302, { location }))

      const fault = await faultOf(openClient(cleanup, peer.url).json({ path: '/api' }))

      assert.equal(fault.kind, kind)
    })

  test('G4: says that credentials or rights are missing, without the body', async ({ assert, cleanup }) => {
    const peer = await startPeer(
      cleanup,
      answerText('token tok-123456 expired', 'text/plain', 401),
      answerText('no', 'text/plain', 403)
    )
    const http = openClient(cleanup, peer.url)

    const refused = await faultOf(http.json({ path: '/a' }))
    const forbidden = await faultOf(http.json({ path: '/b' }))

    assert.deepEqual([refused.kind, forbidden.kind], ['auth', 'permission'])
    assert.include(refused.message, 'refused the credentials (401 at GET /a)')
    assert.notInclude(refused.message, 'tok-')
  })

  test('stays below its base URL: {path}')
    .with([
      { path: 'https://evil.example/x' },
      { path: '//evil.example/x' },
      { path: '/\\evil.example/x' },
      { path: '../outside' },
      { path: '/%2e%2e/outside' },
      { path: 'file:///etc/passwd' },
    ])
    .run(({ assert }, { path }) => {
      const target = parseTarget('https://nms.example/base')

      assert.throws(() => toRequestPath(target, { path }), /only paths below it/)
    })

  test('takes an absolute URL of its own origin', ({ assert }) => {
    const target = parseTarget('https://nms.example/base/')

    assert.equal(toRequestPath(target, { path: 'https://nms.example/base/x?a=1' }), '/base/x?a=1')
    assert.equal(toRequestPath(target, { path: 'x' }), '/base/x')
  })

  test('S13: refuses the URL {$self}')
    .with([
      'nms.example',
      'ftp://nms.example',
      'file:///etc/passwd',
      'http://user:pw@nms.example',
      'http://169.254.169.254',
      'http://2852039166/',
      'http://0xa9fea9fe/',
      'http://[::ffff:169.254.169.254]/',
      'http://[fe80::1]/',
      'http://0.0.0.0/',
      'http://0/',
      'http://0251.0376.0251.0376/',
      'http://0xa9.0xfe.0xa9.0xfe/',
      'http://169.254.43518/',
      'http://169.254.169.254./',
      'http://%31%36%39.254.169.254/',
      'http://１６９.254.169.254/',
      'http://[::]/',
      'http://[::ffff:a9fe:a9fe]/',
      'http://[::ffff:0.0.0.0]/',
      'http://[64:ff9b::a9fe:a9fe]/',
      'http://[2002:a9fe:a9fe::]/',
      'http://[::a9fe:a9fe]/',
      'http://[::ffff:0:a9fe:a9fe]/',
      'http://[fd00:ec2::254]/',
      'http://100.100.100.200/',
      'http://metadata.google.internal/',
      'http://METADATA.google.internal./',
      'gopher://nms.example/',
    ])
    .run(({ assert }, url) => {
      assert.throws(() => parseTarget(url), /the URL/)
    })

  test('S13: connects to no address that a name means only after it was checked', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({}))
    const port = Number(new URL(peer.url).port)
    const meanings = ['127.0.0.1', '169.254.169.254', '::ffff:169.254.169.254', '127.0.0.1']
    let asked = 0
    const changing = guard((_name, _options, answer) => {
      const address = meanings[asked++]!
      answer(null, [{ address, family: isIP(address) }])
    })

    const reached: string[] = []
    for (let n = 0; n < meanings.length; n++) {
      const socket = connect({ host: 'changing.example', port, lookup: changing })
      const outcome = await new Promise<string>((resolve) => {
        socket.once('connect', () => resolve(socket.remoteAddress!))
        socket.once('error', (error) => resolve(error.message))
      })
      socket.destroy()
      reached.push(outcome)
    }

    const refused = 'changing.example resolves to a link-local or metadata address, which is refused'
    assert.deepEqual(reached, ['127.0.0.1', refused, refused, '127.0.0.1'])
    assert.equal(asked, meanings.length, 'each connection asks once, and takes what was looked at')
  })

  test('S13: allows loopback and private addresses, where labs live', ({ assert }) => {
    for (const host of ['127.0.0.1', '10.0.0.1', '192.168.1.1', '[::1]', 'fd12::1', 'nms.lab']) {
      assert.isFalse(isRefusedHost(host))
    }
  })

  test('refuses a credential that no header can carry, without showing it', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({}))

    const fault = await faultOf(
      openClient(cleanup, peer.url).json({ path: '/', headers: { 'X-Auth-Token': new Secret('tok\nX-Evil: 1') } })
    )

    assert.equal(fault.kind, 'config')
    assert.notInclude(fault.message, 'tok')
  })
})

test.group('HTTP client, credentials', () => {
  test('G5: renews a refused token once and goes on', async ({ assert, cleanup }) => {
    const seen: (string | undefined)[] = []
    const peer = await startPeer(cleanup, (request, response) => {
      seen.push(request.headers.authorization)
      response.writeHead(request.headers.authorization === 'Key 2' ? 200 : 401).end('{"ok":true}')
    })
    let logins = 0
    const http = openClient(cleanup, peer.url).withAuth({
      acquire: async () => ({ authorization: new Secret(`Key ${++logins}`) }),
    })

    const answers = await Promise.all([http.json({ path: '/1' }), http.json({ path: '/2' })])

    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200]
    )
    assert.equal(logins, 2)
    assert.deepEqual(seen.filter((key) => key === 'Key 2').length, 2)
  })

  test('G5: fails when the new token is refused as well', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({}, 401))
    let logins = 0
    const http = openClient(cleanup, peer.url).withAuth({
      acquire: async () => ({ authorization: `Key ${++logins}` }),
    })

    const fault = await faultOf(http.json({ path: '/' }))

    assert.equal(fault.kind, 'auth')
    assert.equal(logins, 2)
    assert.lengthOf(peer.requests, 2)
  })

  test('logs in through the same client, without credentials', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({ key: 'k-1' }), answerJson([1]))
    const http = openClient(cleanup, peer.url).withAuth({
      async acquire(plain) {
        const { body } = await plain.json<{ key: string }>({
          method: 'POST',
          path: '/login',
          body: new URLSearchParams({ username: 'laim', password: 'p:ss w0rd' }),
          idempotent: true,
        })
        return { authorization: `Apikey ${body.key}` }
      },
    })

    await http.json({ path: '/devices' })

    assert.deepEqual(
      peer.requests.map(({ method, url, headers }) => [method, url, headers.authorization]),
      [
        ['POST', '/login', undefined],
        ['GET', '/devices', 'Apikey k-1'],
      ]
    )
  })
})
