import { test } from '@japa/runner'
import { aloneInOneTransaction } from '#services/operations/setup_lock'
import { findSchemaFault } from '#services/operations/find_schema_fault'
import { Installation } from '../operations/installation.js'

const NEWER =
  /the schema of the database is newer than this LAIM [\d.]+ \(9999_later\)\. Install the newer version again/

test.group('A database of a newer version', (group) => {
  let installation: Installation

  group.setup(async () => {
    installation = new Installation()
    await installation.run(['setup'])
    installation.change(`insert into adonis_schema (name, batch) values ('database/migrations/9999_later', 2)`)
    return () => installation.remove()
  })
  group.tap((each) => each.timeout(60_000))

  test('is left alone by {$self}, with one line that says the fix')
    .with(['setup', 'sync:work', 'user:list', 'backup:create'])
    .run(async ({ assert }, command) => {
      const { code, stderr } = await installation.run([command])

      assert.equal(code, 1, stderr)
      assert.match(stderr, NEWER)
      assert.notMatch(stderr, /\n\s+at /)
    })

  test('is left alone by the web server', async ({ assert }) => {
    const { code, stderr } = await installation.serve()

    assert.equal(code, 1, stderr)
    assert.match(stderr, NEWER)
    assert.lengthOf(stderr.trim().split('\n'), 1)
  })

  test('is told by the doctor, who works on any schema', async ({ assert }) => {
    const { code, stdout } = await installation.run(['doctor'])

    assert.equal(code, 1)
    assert.match(stdout, /✖ migrations .* newer than this LAIM/)
  })
})

test.group('An up-to-date database', () => {
  test('has no fault', async ({ assert }) => {
    assert.isNull(await aloneInOneTransaction((trx) => findSchemaFault(trx)))
  })
})
