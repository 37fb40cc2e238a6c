import { test } from '@japa/runner'
import { whyNotResume } from '#core/reconcile/reading'

const TERMS = { checkpointVersion: 1, mappingVersion: 3, baseUrl: 'http://192.0.2.1' }
const BEGUN = { terms: TERMS, hasCheckpoint: true, since: '2026-11-22T06:00:00.000Z' }
const NOW = { ...TERMS, isResumable: true, at: new Date('2026-11-22T11:59:59.999Z') }

test.group('A reading that another worker began', () => {
  test('goes on when nothing speaks against it', ({ assert }) => {
    assert.isNull(whyNotResume(BEGUN, NOW))
  })

  test('begins anew: {because}')
    .with([
      { because: 'the plugin cannot go on', begun: {}, now: { isResumable: false } },
      { because: 'there is no checkpoint', begun: { hasCheckpoint: false }, now: {} },
      { because: 'the checkpoint has another form', begun: {}, now: { checkpointVersion: 2 } },
      { because: 'records are mapped another way', begun: {}, now: { mappingVersion: 4 } },
      { because: 'the source has another address', begun: {}, now: { baseUrl: 'http://192.0.2.2' } },
      { because: 'it is six hours old', begun: {}, now: { at: new Date('2026-11-22T12:00:00.000Z') } },
    ])
    .run(({ assert }, { begun, now }) => {
      assert.isString(whyNotResume({ ...BEGUN, ...begun }, { ...NOW, ...now }))
    })
})
