import { test } from '@japa/runner'
import { answerJson, certificatePath, faultOf, openClient, startPeer, startTcpPeer, startTlsPeer } from './peer.js'

const ONCE = { limits: { retries: false } }

test.group('HTTP client, connections', () => {
  test('G19: refuses an {certificate} certificate and says why')
    .with([
      { certificate: 'expired', code: 'E_SOURCE_CERTIFICATE_EXPIRED', says: 'has expired' },
      { certificate: 'other_name', code: 'E_SOURCE_CERTIFICATE_NAME', says: 'nms.lab.example' },
    ])
    .run(async ({ assert, cleanup }, { certificate, code, says }) => {
      const peer = await startTlsPeer(cleanup, certificate, answerJson({}))
      const caFile = certificatePath('authority.pem')

      const fault = await faultOf(openClient(cleanup, peer.url, { caFile }).json({ path: '/' }))

      assert.equal(fault.kind, 'tls')
      assert.equal(fault.code, code)
      assert.include(fault.message, says)
    })

  test('70, G19: refuses an unknown authority, whatever the process was told, and names the setting that helps', async ({
    assert,
    cleanup,
  }) => {
    const peer = await startTlsPeer(cleanup, 'valid', answerJson({ ok: true }))
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    cleanup(() => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    })

    const fault = await faultOf(openClient(cleanup, peer.url).json({ path: '/' }))
    const trusting = openClient(cleanup, peer.url, { caFile: certificatePath('authority.pem') })
    const answer = await trusting.json({ path: '/' })

    assert.equal(fault.kind, 'tls')
    assert.include(fault.message, 'ACME_CA_FILE')
    assert.deepEqual(answer.body, { ok: true })
  })

  test('G19: says that the port does not speak TLS', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({}))

    const fault = await faultOf(openClient(cleanup, peer.url.replace('http:', 'https:'), ONCE).json({ path: '/' }))

    assert.equal(fault.kind, 'tls')
  })

  test('G24: gives each fault on the way a cause of its own', async ({ assert, cleanup }) => {
    const reset = await startTcpPeer(cleanup, (socket) => socket.once('data', () => socket.resetAndDestroy()))
    const gibberish = await startTcpPeer(cleanup, (socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n')))
    const urls = [
      'http://no-such-host.invalid',
      'http://127.0.0.1:1',
      reset.url,
      reset.url.replace('http:', 'https:'),
      gibberish.url,
    ]

    const faults = await Promise.all(urls.map((url) => faultOf(openClient(cleanup, url, ONCE).json({ path: '/' }))))

    assert.deepEqual(
      faults.map(({ code }) => code),
      [
        'E_SOURCE_DNS',
        'E_SOURCE_CONNECTION_REFUSED',
        'E_SOURCE_CONNECTION_RESET',
        'E_SOURCE_CONNECTION_RESET',
        'E_SOURCE_NOT_HTTP',
      ]
    )
    assert.lengthOf(new Set(faults.map(({ message }) => message)), 5)
  })

  test('G25: reads an answer in HTTP/1.0, which ends with its connection', async ({ assert, cleanup }) => {
    const peer = await startTcpPeer(cleanup, (socket) => {
      socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{"ok":true}'))
    })

    const answer = await openClient(cleanup, peer.url, ONCE).json({ path: '/' })

    assert.deepEqual(answer.body, { ok: true })
  })

  test('G25: refuses headers without end', async ({ assert, cleanup }) => {
    const peer = await startTcpPeer(cleanup, (socket) => {
      socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(1024 * 1024)}\r\n\r\n`))
    })

    const fault = await faultOf(openClient(cleanup, peer.url, ONCE).json({ path: '/' }))

    assert.equal(fault.code, 'E_SOURCE_HEADERS')
  })
})
