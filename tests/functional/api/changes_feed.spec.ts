import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { editMany } from '#services/inventory/edit_many'
import { writeMany } from '#services/inventory/write_many'
import { asUser } from '#tests/helpers/as_user'
import { emptyDatabase } from '#tests/helpers/database'
import { addNames } from '#tests/helpers/lists'

const WRITERS = 8
const WRITES_EACH = 6

/** So often the feed is read while a transaction is held open. */
const LOOKS = 20

/** Reads the feed by its own links, for as long as somebody writes and then to its end; answers the ids in its order. */
async function follow(client: ApiClient, token: string, isDone: () => boolean): Promise<number[]> {
  const seen: number[] = []
  let path = '/api/changes?limit=3'
  for (;;) {
    // Asked before the page is read: what is written later would be on the next one.
    const wasDone = isDone()
    const page = await client.get(path).bearerToken(token)
    page.assertStatus(200)
    seen.push(...page.body().map(({ id }: { id: number }) => id))
    path = /<([^>]+)>; rel="next"/.exec(page.header('link') ?? '')?.[1] ?? path
    if (wasDone && page.body().length === 0) {
      return seen
    }
  }
}

test.group('The feed of changes', (group) => {
  group.each.setup(() => addNames())
  group.each.teardown(() => emptyDatabase())

  test('has no gaps for readers who follow it while many write at once', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    let isWritten = false
    const write = async (writer: number) => {
      for (let n = 0; n < WRITES_EACH; n++) {
        const made = await client
          .post('/api/items')
          .bearerToken(token)
          .json({ hostname: `sw-${writer}-${n}`, item_type: 'Switch' })
        made.assertStatus(201)
        const changed = await client.put(`/api/items/${made.body().id}`).bearerToken(token).json({ notes: 'seen' })
        changed.assertStatus(200)
      }
    }

    const readers = [0, 1, 2].map(() => follow(client, token, () => isWritten))
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
    isWritten = true

    const stored = await db.from('changes').select('id').orderBy('id')
    const all = stored.map(({ id }) => Number(id))
    assert.lengthOf(all, WRITERS * WRITES_EACH * 2)
    for (const seen of await Promise.all(readers)) {
      assert.deepEqual(seen, all)
    }
  }).timeout(60_000)

  test('has no gap where an older transaction commits after a younger one asked to write', async ({
    assert,
    client,
  }) => {
    const { user, token } = await asUser('admin')
    const actor = { userId: user.id, name: user.username }
    const [written, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const older = writeMany(
      { kind: 'bulk_edit', actor, reason: null },
      async ({ trx, author, openSet }) => {
        const edit = { kind: 'create', values: { hostname: 'older', assetType: 'Switch' } } as const
        await editMany(trx, [edit], author, openSet)
        written.resolve()
        await mayCommit.promise
      },
      () => true
    )
    await written.promise
    let isWritten = false
    const younger = client.post('/api/items').bearerToken(token).json({ hostname: 'younger', item_type: 'Switch' })
    const answered = younger.then((answer) => answer.assertStatus(201))

    const reader = follow(client, token, () => isWritten)
    for (let look = 0; look < LOOKS; look++) {
      const page = await client.get('/api/changes').bearerToken(token)
      assert.deepEqual(page.body(), [])
    }
    mayCommit.resolve()
    await Promise.all([older, answered])
    isWritten = true

    const stored = await db.from('changes').join('assets', 'assets.id', 'changes.asset_id').orderBy('changes.id')
    assert.deepEqual(
      stored.map(({ hostname }) => hostname),
      ['older', 'younger']
    )
    assert.lengthOf(await reader, 2)
  }).timeout(30_000)
})
