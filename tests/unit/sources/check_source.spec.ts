import { test } from '@japa/runner'
import { CheckSource } from '#services/sources/check_source'
import { acmePlugin, acmeWorld } from './acme.js'
import { answerJson, answerText, certificatePath, startPeer, startTcpPeer, startTlsPeer } from './peer.js'

const TOKEN = 'tok-s3cr3t-99'

function checkSource({ sources, openSource }: ReturnType<typeof acmeWorld>) {
  return new CheckSource(sources, openSource)
}

test.group('Connection test', () => {
  test('goes from the name to what the plugin found', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({ message: 'pong' }))
    const world = acmeWorld({ baseUrl: peer.url, token: TOKEN })

    const check = await checkSource(world).handle('acme')

    assert.deepInclude(check, { name: 'acme', plugin: 'acme', ok: true, product: 'Acme NMS', estimatedRecords: 12 })
    assert.deepEqual(
      check.steps.map(({ id, status }) => `${id} ${status}`),
      ['resolve pass', 'tls skip', 'connect pass']
    )
  })

  test('says how long a certificate is good', async ({ assert, cleanup }) => {
    const peer = await startTlsPeer(cleanup, 'valid', answerJson({}))
    const world = acmeWorld({ baseUrl: peer.url, token: TOKEN, caFile: certificatePath('authority.pem') })

    const { steps, ok } = await checkSource(world).handle('acme')

    assert.isTrue(ok)
    assert.include(steps[1]?.message, 'valid until 2100-01-01')
  })

  test('stops at TLS and says what to do', async ({ assert, cleanup }) => {
    const peer = await startTlsPeer(cleanup, 'valid', answerJson({}))

    const { steps, ok } = await checkSource(acmeWorld({ baseUrl: peer.url, token: TOKEN })).handle('acme')

    assert.isFalse(ok)
    assert.deepEqual(
      steps.map(({ id, status }) => `${id} ${status}`),
      ['resolve pass', 'tls fail']
    )
    assert.include(steps[1]?.message, 'ACME_CA_FILE')
  })

  test('answers a fault at once, without retries', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerText('no', 'text/plain', 503))

    const { steps, ok } = await checkSource(acmeWorld({ baseUrl: peer.url, token: TOKEN })).handle('acme')

    assert.isFalse(ok)
    assert.equal(steps.at(-1)?.error?.kind, 'unavailable')
    assert.lengthOf(peer.requests, 1)
  })

  test('shows settings that are missing as a step', async ({ assert }) => {
    const { steps, ok } = await checkSource(acmeWorld({ baseUrl: 'http://127.0.0.1:1' })).handle('acme')

    assert.isFalse(ok)
    assert.equal(steps[0]?.id, 'settings')
    assert.include(steps[0]?.message, 'ACME_API_TOKEN is not set')
  })

  test('ends at its limit when the source, or the plugin, does not', async ({ assert, cleanup }) => {
    const peer = await startTcpPeer(cleanup, () => {})
    const silent = acmeWorld({ baseUrl: peer.url, token: TOKEN })
    const stuck = acmeWorld({ baseUrl: peer.url, token: TOKEN }, { plugin: acmePlugin(() => new Promise(() => {})) })

    for (const world of [silent, stuck]) {
      const { steps, ok } = await checkSource(world).handle('acme', 200)
      assert.isFalse(ok)
      assert.include(steps.at(-1)?.message, 'takes too long')
    }
  })

  test('masks secrets in what a plugin says and throws', async ({ assert, cleanup }) => {
    const peer = await startPeer(cleanup, answerJson({}))
    const talkative = acmePlugin(async ({ log, config }) => {
      log.info(`using ${config.token.release()}`, { header: `Bearer ${config.token.release()}` })
      return { ok: true, steps: [{ id: 'connect', status: 'pass', message: `token ${config.token.release()} works` }] }
    })
    const broken = acmePlugin(async ({ config }) => {
      throw new TypeError(`cannot read ${config.token.release()}`)
    })

    const world = acmeWorld({ baseUrl: peer.url, token: TOKEN }, { plugin: talkative })
    const said = await checkSource(world).handle('acme')
    const thrown = await checkSource(acmeWorld({ baseUrl: peer.url, token: TOKEN }, { plugin: broken })).handle('acme')

    assert.equal(said.steps.at(-1)?.message, 'token [redacted] works')
    assert.include(thrown.steps.at(-1)?.message, 'the plugin failed (TypeError)')
    assert.notInclude(JSON.stringify([said, thrown, world.logged]), TOKEN)
    assert.include(world.logged.join(''), '"source":"acme"')
  })

  test('knows no other names', async ({ assert }) => {
    const world = acmeWorld({})

    await assert.rejects(() => checkSource(world).handle('nope'), /There is no source "nope"/)
  })
})
