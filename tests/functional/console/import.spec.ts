import { test } from '@japa/runner'
import { type ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { CreateAsset } from '#services/inventory/create_asset'
import { PERSON } from '#tests/helpers/decide'
import { type ConsoleSession, eachWithEmptyInventory, noticeOf, sessionAs } from './console_client.js'

const FILE = 'hostname,item_type,asset_tag,room_location\nlab-1,Switch,LAB-1,2265\nlab-2,Server,LAB-2,2266\n'

/** Sends a file as the form does. */
function upload(client: ApiClient, { user }: ConsoleSession, content: string, fields: Record<string, string> = {}) {
  return client
    .post('/import')
    .withGuard('web')
    .loginAs(user)
    .withCsrfToken()
    .header('Accept', 'text/html')
    .header('Referer', '/import')
    .redirects(0)
    .file('file', Buffer.from(content), { filename: 'items.csv', contentType: 'text/csv' })
    .fields({ key: 'asset_tag', ...fields })
}

const hashOf = (page: string) => /name="plan_hash" value="([^"]+)"/.exec(page)?.[1] ?? ''

test.group('Importing a file in the console', (group) => {
  eachWithEmptyInventory(group)

  const hostnames = async () =>
    (await db.from('assets').where('is_active', true).orderBy('id')).map((row) => row.hostname)

  test('shows what it would change and writes nothing; then imports exactly that, to be taken back', async ({
    assert,
    client,
  }) => {
    const session = await sessionAs(client, 'admin')
    await new CreateAsset().handle({ hostname: 'old', assetType: 'Server', assetTag: 'LAB-2' }, PERSON)

    const plan = await upload(client, session, FILE)
    plan.assertStatus(200)
    assert.include(plan.text(), 'Import 2 rows')
    assert.match(plan.text(), /<del>old<\/del>[^]*<ins>lab-2<\/ins>/)
    assert.deepEqual(await hostnames(), ['old'])
    const done = await upload(client, session, FILE, { then: 'import', plan_hash: hashOf(plan.text()) })

    assert.equal(done.header('location'), '/import')
    assert.equal(noticeOf(done).text, 'Imported: 1 added, 1 changed.')
    assert.deepEqual(await hostnames(), ['lab-2', 'lab-1'])
    await session.post(noticeOf(done).undo!, {}, '/import')
    assert.deepEqual(await hostnames(), ['old'])
  })

  test('lists every bad row with line, column and reason, and offers no import', async ({ assert, client }) => {
    const session = await sessionAs(client, 'admin')
    const bad = `${FILE}<b>,Toaster,LAB-3,9999\nlab-4,Server,,2265\n`

    const page = (await upload(client, session, bad)).text()

    assert.include(page, '2 of 4 rows cannot be imported')
    assert.match(page, /data-label="Line">4<\/td>\s*<td[^>]*data-label="Column">2</)
    assert.include(page, 'The row has no asset tag')
    assert.notInclude(page, 'name="plan_hash"')
    assert.notInclude(page, '<b>')
    assert.deepEqual(await hostnames(), [])
  })

  test('says what is wrong with a file that cannot be read at all', async ({ assert, client }) => {
    const session = await sessionAs(client, 'admin')

    const header = (await upload(client, session, 'hostnam,item_type\nx,Switch\n')).text()
    const empty = (await upload(client, session, '')).text()

    assert.include(header, 'There is no column &quot;hostnam&quot;')
    assert.include(header, 'Nothing was imported')
    assert.include(empty, 'The file is empty')
  })

  test('imports nothing when the inventory changed since the plan, and shows the new one', async ({
    assert,
    client,
  }) => {
    const session = await sessionAs(client, 'admin')
    const plan = await upload(client, session, FILE)
    await new CreateAsset().handle({ hostname: 'meanwhile', assetType: 'Server', assetTag: 'LAB-2' }, PERSON)

    const again = await upload(client, session, FILE, { then: 'import', plan_hash: hashOf(plan.text()) })

    again.assertStatus(200)
    assert.include(again.text(), 'changed since it was checked')
    assert.notEqual(hashOf(again.text()), hashOf(plan.text()))
    assert.deepEqual(await hostnames(), ['meanwhile'])
  })

  test('is refused to viewers and without the CSRF field', async ({ assert, client }) => {
    const viewer = await sessionAs(client, 'viewer')
    const admin = await sessionAs(client, 'admin')

    const refused = await upload(client, viewer, FILE)
    const forged = await client
      .post('/import')
      .withGuard('web')
      .loginAs(admin.user)
      .header('Accept', 'text/html')
      .redirects(0)
      .file('file', Buffer.from(FILE), { filename: 'items.csv', contentType: 'text/csv' })
      .fields({ key: 'asset_tag', then: 'import' })

    assert.include(noticeOf(refused).text, 'permission')
    assert.equal(forged.status(), 303)
    assert.equal((await viewer.get('/import')).status(), 403)
    assert.deepEqual(await hostnames(), [])
  })
})
