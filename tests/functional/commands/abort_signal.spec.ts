import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { abortSignalOf } from '#commands/_abort_signal'

test.group('Commands that can be stopped', () => {
  test('listen to the signals of their process once, however many of them run in it', ({ assert }) => {
    const signal = abortSignalOf(app)
    const listeners = () => ['SIGINT', 'SIGTERM'].map((name) => process.listenerCount(name))
    const before = listeners()

    for (let command = 0; command < 20; command++) {
      assert.strictEqual(abortSignalOf(app), signal)
    }

    assert.deepEqual(listeners(), before)
    assert.isFalse(signal.aborted)
  })
})
