import { test } from '@japa/runner'
import { findUnknownVariables } from '#start/environment/unknown_variables'

const RULED = ['LAIM_EXCLUDE_IPS', 'SYNC_ENABLED', 'SYNC_INTERVAL_HOURS', 'HOST', 'PORT', 'APP_KEY']

test.group('Names of variables', () => {
  test('B11: that are nearly those of LAIM are said, with what is meant', ({ assert }) => {
    const nearly = ['LAIM_EXCLUDE_IP', 'SYNC_ENABLE', 'SYNCENABLED', 'SYNC_INTERVALL_HOUR', 'POSTGRES_PASWORD']

    const meant = findUnknownVariables(nearly, RULED).map((sentence) => / Is (\w+) meant/.exec(sentence)![1])

    assert.deepEqual(meant, [
      'LAIM_EXCLUDE_IPS',
      'SYNC_ENABLED',
      'SYNC_ENABLED',
      'SYNC_INTERVAL_HOURS',
      'POSTGRES_PASSWORD',
    ])
  })

  test('B11: that are known, of others, or short are no matter', ({ assert }) => {
    const names = ['HOME', 'HOSTS', 'PORTS', 'PATH', 'SECRET_KEY', 'LAIM_TEST_DATABASE', 'SYNC_ENABLED', 'PGPASSWORD']

    assert.deepEqual(findUnknownVariables(names, RULED), [])
  })
})
