import ace from '@adonisjs/core/services/ace'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { Secret } from '@adonisjs/core/helpers'
import { test } from '@japa/runner'
import InventorySeed from '#commands/inventory/seed'
import { RefusedPassword } from '#core/access/errors'
import { UserFactory } from '#database/factories/user_factory'
import User from '#models/user'
import { SeedInventory } from '#services/inventory/seed_inventory'

const SUPERUSER = { username: 'Root', email: 'root@example.org' }

async function seed(samples: boolean, password?: string) {
  const seedInventory = await app.container.make(SeedInventory)
  const superuser = { ...SUPERUSER, ...(password && { password: new Secret(password) }) }
  return seedInventory.handle({ superuser, samples })
}

test.group('inventory:seed', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('adds types, rooms and a superuser whose generated password opens the door', async ({ assert, client }) => {
    const report = await seed(false)

    assert.containsSubset(report, { itemTypes: 26, rooms: 2, items: 0 })
    const [account] = report.accounts
    assert.containsSubset(account, { username: 'root', role: 'superuser' })
    const login = await client.post('/api/login').json({ username: 'root', password: account!.generatedPassword })
    login.assertStatus(200)
  })

  test('keeps a given password to itself', async ({ assert }) => {
    const report = await seed(false, 'correct horse battery')

    assert.deepEqual(report.accounts, [{ username: 'root', role: 'superuser', generatedPassword: null }])
    const root = await User.findByOrFail('username', 'root')
    assert.isTrue(await root.verifyPassword('correct horse battery'))
  })

  test('refuses a given password that is too short', async ({ assert }) => {
    await assert.rejects(() => seed(false, 'short'), RefusedPassword)
  })

  test('leaves the accounts alone where there is a superuser of another name', async ({ assert }) => {
    await UserFactory.apply('superuser').create()

    const report = await seed(false)

    assert.deepEqual(report.accounts, [])
  })

  test('changes nothing the second time', async ({ assert }) => {
    await seed(true)
    const before = await db.from('users').select('*').orderBy('id')

    const again = await seed(true)

    assert.deepEqual(again, { itemTypes: 0, rooms: 0, items: 0, accounts: [] })
    assert.deepEqual(await db.from('users').select('*').orderBy('id'), before)
  })

  test('adds samples on request: items by a change set each, and the three accounts of LAIM 1.0', async ({
    assert,
  }) => {
    const report = await seed(true)

    assert.equal(report.items, 10)
    assert.deepEqual(
      report.accounts.map(({ username, role }) => `${role} ${username}`),
      ['superuser root', 'admin admin1', 'admin admin2', 'admin admin3']
    )
    const passwords = report.accounts.map((account) => account.generatedPassword)
    assert.lengthOf(new Set(passwords), 4)
    const changes = await db.from('changes').where('action', 'create').count('* as total').first()
    assert.equal(Number(changes.total), 10)
  })

  test('prints with --json what it added and nothing else', async ({ assert, cleanup }) => {
    ace.ui.switchMode('raw')
    cleanup(() => ace.ui.switchMode('normal'))
    const command = await ace.create(InventorySeed, ['--json'])

    await command.exec()

    command.assertSucceeded()
    const lines = command.logger.getLogs()
    assert.lengthOf(lines, 1)
    const printed = JSON.parse(lines[0]!.message)
    assert.equal(printed.item_types, 26)
    assert.isString(printed.accounts[0].generated_password)
  })
})
