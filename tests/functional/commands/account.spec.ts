import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import UserToken from '#commands/user/token'
import UserUpdate from '#commands/user/update'
import { UserFactory } from '#database/factories/user_factory'
import { asUser } from '#tests/helpers/as_user'
import { runCommand } from '#tests/helpers/run_command'

test.group('user:update', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('changes what is given and nothing else', async ({ assert }) => {
    const user = await UserFactory.create()

    const { json } = await runCommand(UserUpdate, [user.username, '--role=admin', '--email=new@example.org', '--json'])

    assert.containsSubset(json, { id: user.id, role: 'admin', email: 'new@example.org', is_active: true })
    const entry = await db.from('audit_entries').where('action', 'user.changed').first()
    assert.equal(entry.actor, 'command')
  })

  test('switches an account off, with its tokens, and on again', async ({ assert, client }) => {
    const { user, token } = await asUser('viewer')

    const off = await runCommand(UserUpdate, [user.username, '--active=false', '--json'])
    const refused = await client.get('/api/me').bearerToken(token)
    const on = await runCommand(UserUpdate, [user.username, '--active=true', '--json'])

    assert.deepEqual([off.json.is_active, refused.status(), on.json.is_active], [false, 401, true])
    ;(await client.get('/api/me').bearerToken(token)).assertStatus(401)
  })

  test('says what is wrong, and keeps the last superuser', async ({ assert }) => {
    const { user } = await asUser('superuser')

    const role = await runCommand(UserUpdate, [user.username, '--role=root'])
    const active = await runCommand(UserUpdate, [user.username, '--active=perhaps'])
    const last = await runCommand(UserUpdate, [user.username, '--active=false'])

    assert.deepEqual([role.exitCode, active.exitCode, last.exitCode], [3, 3, 1])
    assert.match(last.lines.join(), /last active superuser/)
  })
})

test.group('user:token', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('makes a token that opens what it is for', async ({ assert, client }) => {
    const user = await UserFactory.merge({ role: 'admin' }).create()

    const { json } = await runCommand(UserToken, [user.username, '--name=nightly', '--ability=asset.read', '--json'])

    assert.containsSubset(json, { name: 'nightly', abilities: ['asset.read'], expires_at: null })
    ;(await client.get('/api/items').bearerToken(json.access_token)).assertStatus(200)
    ;(await client.post('/api/items').bearerToken(json.access_token).json({})).assertStatus(403)
  })

  test('lists and revokes them', async ({ assert, client }) => {
    const user = await UserFactory.create()
    const { lines } = await runCommand(UserToken, [user.username])
    const value = lines[0]!

    const listed = await runCommand(UserToken, [user.username, '--list', '--json'])
    assert.lengthOf(listed.json, 1)
    assert.notInclude(JSON.stringify(listed.json), value)
    await runCommand(UserToken, [user.username, `--revoke=${listed.json[0].id}`])

    ;(await client.get('/api/me').bearerToken(value)).assertStatus(401)
    const again = await runCommand(UserToken, [user.username, `--revoke=${listed.json[0].id}`])
    assert.equal(again.exitCode, 1)
  })

  test('refuses abilities that do not exist and times that have passed', async ({ assert }) => {
    const user = await UserFactory.create()

    const ability = await runCommand(UserToken, [user.username, '--ability=everything'])
    const expires = await runCommand(UserToken, [user.username, '--expires=2020-01-01T00:00:00Z'])

    assert.deepEqual([ability.exitCode, expires.exitCode], [3, 3])
  })
})
