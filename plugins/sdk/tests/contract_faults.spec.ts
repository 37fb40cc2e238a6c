import { test } from '@japa/runner'
import { defineSource, type Observation, type ObservationPage, type SourceManifest } from '@laim/sdk'
import { findContractFaults } from '@laim/sdk/testing'
import vine from '@vinejs/vine'

const DEVICE: Observation = {
  nativeId: '1',
  identifiers: [{ kind: 'serial', value: 'FOC2140X0QK', role: 'chassis' }],
  claims: { hostname: 'sw-1', model: undefined, location: null },
}

function plugin(manifest: Partial<SourceManifest> = {}, secrets: 'token'[] = ['token']) {
  return defineSource<{ baseUrl: string; token: string }>({
    manifest: {
      id: 'acme',
      name: 'Acme',
      version: '1.0.0',
      contract: '^1.0.0',
      configVersion: 1,
      checkpointVersion: 1,
      mappingVersion: 1,
      capabilities: {
        modes: ['full'],
        removals: 'implicit',
        resumable: false,
        nativeId: 'stable',
        claims: ['hostname', 'model', 'location'],
        identifiers: ['serial'],
      },
      ...manifest,
    },
    config: {
      validator: vine.create({ baseUrl: vine.string(), token: vine.string() }),
      secrets,
      fingerprint: ({ baseUrl }) => baseUrl,
    },
    check: async () => ({ ok: true, steps: [] }),
    async *discover() {},
  })
}

function lastPage(...observations: Observation[]): ObservationPage {
  return { observations, final: { coverage: 'complete' } }
}

function rulesBroken(pages: ObservationPage[], source = plugin()): string[] {
  return findContractFaults(source, pages).map(({ rule }) => rule)
}

test.group('Contract', () => {
  test('finds nothing wrong with a source that keeps it', ({ assert }) => {
    assert.deepEqual(rulesBroken([{ observations: [DEVICE] }, lastPage({ ...DEVICE, nativeId: '2' })]), [])
    assert.deepEqual(rulesBroken([lastPage()]), [])
  })

  test('names the rule that is broken: {rule}')
    .with([
      { rule: 'page.final', pages: [{ observations: [DEVICE] }] },
      { rule: 'page.final', pages: [lastPage(DEVICE), { observations: [] }] },
      { rule: 'observation.nativeId', pages: [lastPage(DEVICE, DEVICE)] },
      { rule: 'observation.nativeId', pages: [lastPage({ ...DEVICE, nativeId: '' })] },
      { rule: 'claims', pages: [lastPage({ ...DEVICE, claims: { vendor: 'Cisco' } })] },
      { rule: 'claims', pages: [lastPage({ ...DEVICE, claims: { hostname: '' } })] },
      { rule: 'identifiers', pages: [lastPage({ ...DEVICE, identifiers: [{ kind: 'ip', value: '192.0.2.1' }] })] },
      { rule: 'observation.raw', pages: [lastPage({ ...DEVICE, raw: { all: 'x'.repeat(40_000) } })] },
      { rule: 'page.checkpoint', pages: [{ ...lastPage(DEVICE), checkpoint: { seen: 'x'.repeat(20_000) } }] },
    ])
    .run(({ assert }, { rule, pages }) => {
      assert.deepEqual(rulesBroken(pages), [rule])
    })

  test('wants ids in kebab-case and secrets declared', ({ assert }) => {
    assert.deepEqual(rulesBroken([lastPage()], plugin({ id: 'AcmeNMS' })), ['manifest.id'])
    assert.deepEqual(rulesBroken([lastPage()], plugin({}, [])), ['config.secrets'])
  })
})
