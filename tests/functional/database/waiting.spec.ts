import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { test } from '@japa/runner'
import { connectTo } from '#tests/helpers/own_connection'

test.group('A SQLite file that another process writes', (group) => {
  let client: QueryClientContract
  let other: QueryClientContract

  group.each.setup(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'laim-waiting-'))
    const url = `sqlite:${join(folder, 'laim.sqlite3')}`
    client = connectTo(url, 'waiting')
    other = connectTo(url, 'writing')
    await client.rawQuery('create table notes (id integer primary key, text text)')
    return async () => {
      await db.manager.close('writing', true)
      await db.manager.close('waiting', true)
      rmSync(folder, { recursive: true })
    }
  })

  const texts = async () => (await client.from('notes').orderBy('id')).map((row) => row.text)

  test('F18: lets this one read and serve while its writes wait for their turn', async ({ assert }) => {
    const theirs = await other.transaction()
    await theirs.table('notes').insert({ text: 'theirs' })
    let isWritten = false
    const writing = Promise.all([
      client.table('notes').insert({ text: 'alone' }),
      client.transaction(async (trx) => {
        await trx.table('notes').insert({ text: 'in a transaction' })
      }),
    ]).finally(() => {
      isWritten = true
    })

    const before = await texts()
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.isFalse(isWritten, 'and the timers of this process go on')
    await theirs.commit()
    await writing

    assert.deepEqual(before, [])
    assert.sameMembers(await texts(), ['theirs', 'alone', 'in a transaction'])
  })

  test('F18: has no writer fail that waits behind others of its own process', async ({ assert }) => {
    const write = (text: string) =>
      client.transaction(async (trx) => {
        await trx.table('notes').insert({ text })
        await new Promise((resolve) => setTimeout(resolve, 5))
        await trx
          .from('notes')
          .where({ text })
          .update({ text: `${text}!` })
      })

    await Promise.all(Array.from({ length: 20 }, (_, index) => write(`note ${index}`)))

    assert.lengthOf(await texts(), 20)
  })

  test('does not wait with what needs the file for itself', async ({ assert }) => {
    await other.from('notes')
    const error = await client.rawQuery('pragma journal_mode = delete').catch((failure) => failure)

    assert.equal(error.code, 'SQLITE_BUSY')
  })
})
