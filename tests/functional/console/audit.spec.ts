import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { recordAudit, type AuditRecord } from '#services/audit/record_audit'
import { eachWithEmptyInventory, sessionAs } from './console_client.js'

/** Writes entries down, oldest first. */
async function record(...records: readonly AuditRecord[]): Promise<void> {
  for (const one of records) {
    await recordAudit(db.connection(), one)
  }
}

const ANA = { userId: 7, name: 'ana', address: '10.1.2.3', role: 'admin' } as const
const BEN = { userId: 8, name: 'Ben', role: 'admin' } as const

test.group('The audit log in the console', (group) => {
  eachWithEmptyInventory(group)

  test('says who did what to what, from where', async ({ assert, client }) => {
    await record(
      {
        action: 'user.changed',
        actor: ANA,
        target: 'user 12',
        detail: { before: { role: 'viewer' }, after: { role: 'admin' } },
      },
      { action: 'items.exported', actor: BEN, detail: { filter: { room: '2265', search: null } } },
      { action: 'account.sign_in_failed', actor: { userId: null, name: '<b>x</b>', address: '10.9.9.9' } }
    )
    const session = await sessionAs(client, 'superuser')

    const page = (await session.get('/audit')).text()

    assert.include(page, 'User changed')
    assert.include(page, 'href="/users/12/edit"')
    assert.match(page, /<del[^>]*>viewer<\/del>[^]*<span>admin<\/span>/)
    assert.include(page, '10.1.2.3')
    assert.include(page, 'room 2265')
    assert.include(page, '&lt;b&gt;x&lt;/b&gt;')
    assert.isBelow(page.indexOf('Sign-in refused</span>'), page.indexOf('User changed</span>'))
  })

  test('narrows by who, what and day, and says so in its address', async ({ assert, client }) => {
    await record(
      { action: 'room.added', actor: ANA, target: 'A-room' },
      { action: 'item_type.added', actor: ANA, target: 'A-type' },
      { action: 'room.added', actor: BEN, target: 'B-room' }
    )
    const session = await sessionAs(client, 'superuser')
    const today = new Date().toISOString().slice(0, 10)
    const seen = async (query: string) => {
      const page = (await session.get(`/audit?${query}`)).text()
      return ['A-room', 'A-type', 'B-room'].filter((target) => page.includes(target))
    }

    assert.deepEqual(await seen('actor=ben'), ['B-room'])
    assert.deepEqual(await seen('actor=ANA&action=room.added'), ['A-room'])
    assert.deepEqual(await seen(`from=${today}&to=${today}`), ['A-room', 'A-type', 'B-room'])
    assert.deepEqual(await seen('to=2020-01-31'), [])
    assert.deepEqual(await seen('from=2020-13-77&action=nothing&before=x'), ['A-room', 'A-type', 'B-room'])
    const none = await session.get('/audit?actor=an')
    assert.include(none.text(), 'Nothing matches')
  })

  test('goes back page by page and keeps the filter', async ({ assert, client }) => {
    await record({ action: 'room.added', actor: ANA, target: 'the-first-room' })
    await record(...Array.from({ length: 100 }, () => ({ action: 'sync.triggered' as const, actor: ANA })))
    const session = await sessionAs(client, 'superuser')

    const first = (await session.get('/audit?actor=ana')).text()
    const older = /href="(\/audit\?actor=ana&(?:amp;|#x26;)?before=\d+)"/
      .exec(first)![1]!
      .replace(/&(?:amp|#x26);/, '&')
    const second = (await session.get(older)).text()

    assert.notInclude(first, 'the-first-room')
    assert.include(second, 'the-first-room')
    assert.include(second, 'There is nothing older.')
    assert.include(second, 'href="/audit?actor=ana"')
  })
})
