import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { eachWithEmptyInventory, sessionAs } from './console_client.js'

const QUEUED_AT = '2026-11-22T06:00:00.000Z'

async function insertRun(values: Record<string, unknown>): Promise<number> {
  const row = { source: 'all', trigger: 'schedule', status: 'queued', errors: '[]', queued_at: QUEUED_AT, ...values }
  await db.table('sync_runs').insert(row)
  const last = await db.from('sync_runs').max('id as id').first()
  return last.id
}

test.group('Pages of runs', (group) => {
  eachWithEmptyInventory(group)

  test('say how far a run is, and reload themselves where scripts do not', async ({ assert, client }) => {
    const session = await sessionAs(client, 'viewer')
    const id = await insertRun({
      status: 'running',
      phase: 'reading',
      started_at: QUEUED_AT,
      progress_done: 120,
      progress_total: 214,
    })

    const page = await session.get(`/runs/${id}`)

    assert.include(page.text(), '120 of 214 devices')
    assert.match(page.text(), /<progress[^>]+max="214" value="120"/)
    assert.match(page.text(), /id="run"[^>]+data-live/s)
    assert.match(page.text(), /<noscript>\s*<meta http-equiv="refresh"/)
  })

  test('say in a sentence what came of a run, and stop reloading', async ({ assert, client }) => {
    const session = await sessionAs(client, 'viewer')
    const id = await insertRun({
      status: 'completed',
      started_at: QUEUED_AT,
      completed_at: '2026-11-22T06:01:05.000Z',
      devices_found: 214,
      created: 3,
      held: 2,
    })

    const page = await session.get(`/runs/${id}`)

    assert.include(page.text(), '214 devices: 3 created, 2 waiting for a person.')
    assert.include(page.text(), 'took 1 min 5 s')
    assert.include(page.text(), 'by the schedule')
    assert.notInclude(page.text(), 'data-live')
    assert.notInclude(page.text(), 'http-equiv="refresh"')
  })

  test('give the reason of a failure and say that nothing was marked missing', async ({ assert, client }) => {
    const session = await sessionAs(client, 'viewer')
    const id = await insertRun({
      status: 'failed',
      started_at: QUEUED_AT,
      completed_at: QUEUED_AT,
      errors: JSON.stringify(['the token was refused: set a valid one']),
    })

    const page = await session.get(`/runs/${id}`)

    assert.include(page.text(), 'the token was refused: set a valid one')
    assert.include(page.text(), 'Nothing was marked missing.')
  })

  test('list the newest first and lead to older ones', async ({ assert, client }) => {
    const session = await sessionAs(client, 'viewer')
    const ids = []
    for (let run = 0; run < 51; run++) {
      ids.push(await insertRun({ status: 'completed', started_at: QUEUED_AT, completed_at: QUEUED_AT }))
    }

    const first = await session.get('/runs')
    const older = await session.get(`/runs?before=${ids[1]}`)

    assert.isBelow(first.text().indexOf(`Run ${ids[50]}<`), first.text().indexOf(`Run ${ids[49]}<`))
    assert.include(first.text(), `/runs?before=${ids[1]}`)
    assert.include(older.text(), `Run ${ids[0]}<`)
  })
})
