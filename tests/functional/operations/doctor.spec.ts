import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { type Finding } from '#services/operations/finding'
import { Installation } from './installation.js'

/** Status of each check by its name. */
function toStatuses(findings: unknown) {
  return Object.fromEntries((findings as Finding[]).map(({ check, status }) => [check, status]))
}

test.group('doctor', (group) => {
  let installation: Installation

  group.each.setup(() => {
    installation = new Installation()
    return () => installation.remove()
  })
  group.tap((each) => each.timeout(60_000))

  test('names pending migrations and the fix, and ends with 1', async ({ assert }) => {
    const { code, stdout } = await installation.run(['doctor'])

    assert.equal(code, 1)
    assert.match(stdout, /✖ migrations .* were not run\n {2}→ Restart LAIM/)
  })

  test('ends with 2 where a person should look: settings open to everybody, no source', async ({ assert }) => {
    await installation.run(['setup'])
    const settings = join(installation.home, '.env')
    writeFileSync(settings, '')
    chmodSync(settings, 0o644)

    const { code, stdout } = await installation.run(['doctor', '--json'])

    const { ok, findings } = JSON.parse(stdout)
    assert.equal(code, 2)
    assert.isTrue(ok)
    assert.containsSubset(toStatuses(findings), {
      database: 'pass',
      migrations: 'pass',
      secrets: 'warn',
      sources: 'warn',
    })
  })

  test('names a damaged database and the way back', async ({ assert }) => {
    await installation.run(['setup'])
    writeFileSync(installation.database, 'no database at all'.repeat(500))

    const { code, stdout } = await installation.run(['doctor'])

    assert.equal(code, 1)
    assert.match(stdout, /✖ database .* is damaged: .*backup:restore/)
  })

  test('says before an upgrade what it would do, and that it can be done', async ({ assert }) => {
    const { code, stdout } = await installation.run(['doctor', '--preflight'])

    assert.equal(code, 0, stdout)
    assert.match(stdout, /✔ settings [^]*✔ database [^]*✔ migrations +\d+ will be run[^]*✔ room /)
    assert.notInclude(stdout, 'sources')
  })

  test('refuses an upgrade of a database that a newer version has changed', async ({ assert }) => {
    await installation.run(['setup'])
    installation.change(`insert into adonis_schema (name, batch) values ('database/migrations/9999_later', 9)`)

    const { code, stdout } = await installation.run(['doctor', '--preflight'])

    assert.equal(code, 1)
    assert.match(stdout, /✖ migrations .*newer than this LAIM.*9999_later/)
  })
})
