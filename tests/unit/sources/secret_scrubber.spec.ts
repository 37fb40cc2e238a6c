import { test } from '@japa/runner'
import { SourceError } from '@laim/sdk'
import { SecretScrubber } from '#services/sources/secret_scrubber'
import { toSourceError } from '#services/sources/source_failure'

const SECRET = 'p:ss w0rd/+"'

test.group('Secret scrubber', () => {
  test('masks a secret in each form it may travel in', ({ assert }) => {
    const scrubber = new SecretScrubber([SECRET], ['laim'])
    const basic = Buffer.from(`laim:${SECRET}`).toString('base64')
    const forms = [
      SECRET,
      encodeURIComponent(SECRET),
      new URLSearchParams({ password: SECRET }).toString(),
      JSON.stringify({ password: SECRET }),
      Buffer.from(SECRET).toString('base64'),
      Buffer.from(SECRET).toString('base64url'),
      `Basic ${basic}`,
    ]

    for (const form of forms) {
      const masked = scrubber.text(`before ${form} after`)
      assert.include(masked, '[redacted]')
      assert.match(masked, /^before .* after$/)
      assert.notInclude(masked, 'w0rd')
      assert.notInclude(masked, basic)
    }
  })

  test('masks inside values, keys too, and leaves other types', ({ assert }) => {
    const scrubber = new SecretScrubber(['tok-123456'])

    assert.deepEqual(
      scrubber.value({ 'url': 'x?t=tok-123456', 'list': [1, null, true, 'tok-123456'], 'tok-123456': 'k' }),
      { 'url': 'x?t=[redacted]', 'list': [1, null, true, '[redacted]'], '[redacted]': 'k' }
    )
  })

  test('leaves words alone that are too short to be secrets', ({ assert }) => {
    assert.equal(new SecretScrubber(['a', '']).text('a cat'), 'a cat')
  })
})

test.group('Failure of a source', () => {
  const scrubber = new SecretScrubber(['tok-123456'])

  test('keeps what a source error says, on one line and without secrets', ({ assert }) => {
    const error = new SourceError({
      kind: 'auth',
      code: 'E_ACME_TOKEN',
      message: 'refused\ntok-123456',
      retryAfterMs: 5,
      detail: { header: 'tok-123456' },
    })

    assert.deepEqual(toSourceError(error, scrubber).toJSON(), {
      kind: 'auth',
      code: 'E_ACME_TOKEN',
      message: 'refused [redacted]',
      retryAfterMs: 5,
      detail: { header: '[redacted]' },
    })
  })

  test('blames the plugin for everything else, without quoting it', ({ assert }) => {
    const fault = toSourceError(new RangeError('tok-123456 <body>'), scrubber)

    assert.equal(fault.kind, 'internal')
    assert.equal(fault.code, 'E_SOURCE_PLUGIN_FAULT')
    assert.notInclude(fault.message, 'body')
  })

  test('is a cancellation when the run was cancelled', ({ assert }) => {
    assert.equal(toSourceError(new Error('x'), scrubber, AbortSignal.abort()).kind, 'cancelled')
  })
})
