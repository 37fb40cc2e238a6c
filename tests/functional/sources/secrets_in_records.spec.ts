import { LoggerFactory } from '@adonisjs/core/factories/logger'
import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { EngineWorld, observation } from '#tests/helpers/engine_world'

const COMMUNITY = 'canary-community-4711'
const AUTH_PASS = 'canary-authpass-4712'

/** What a careless plugin could copy from its source. */
const RAW = {
  hostname: 'sw-1',
  community: COMMUNITY,
  snmp: { v3: [{ authpass: AUTH_PASS, cryptopass: AUTH_PASS, authname: 'poller' }], snmp_comm: [COMMUNITY] },
}

/** All rows of all tables, as text. */
async function wholeDatabase(): Promise<string> {
  const tables = await db.connection().getAllTables(['public'])
  const rows = await Promise.all(
    tables.filter((table) => !table.startsWith('assets_fts')).map((table) => db.from(table).select('*'))
  )
  return JSON.stringify(rows)
}

test.group('Secrets in the records of a source', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('74: are in no table, log, answer or error', async ({ assert, client }) => {
    const logs: string[] = []
    const logger = new LoggerFactory().merge({ level: 'trace' }).pushLogsTo(logs).create()
    const world = new EngineWorld({}, ['alpha', 'beta', 'gamma'], logger)
    await world.prepare()
    const { token } = await asUser('superuser')

    await world.reads('alpha', [], {})
    world.scripts.alpha = {
      observations: [{ ...observation({ id: '1', hostname: 'sw-1', serial: 'SNX1001Q' }), raw: RAW }],
      rejected: [{ nativeId: '2', code: 'E_NO_NAME', message: 'has no name', sample: RAW }],
    }
    const run = await world.sync('alpha')
    const fault = new Error(`cannot read ${JSON.stringify(RAW)}`)
    const failed = await world.reads('beta', [], { fault: { afterPages: 0, error: fault } })

    const paths = [
      '/api/items',
      '/api/items/1/explain',
      '/api/sources',
      '/api/sync/history',
      `/api/sync/status/${failed.id}`,
    ]
    const answers = await Promise.all(paths.map((path) => client.get(path).bearerToken(token)))
    const everything = [await wholeDatabase(), ...logs, ...answers.map((answer) => answer.text())].join('\n')
    assert.equal(run.created, 1)
    assert.equal(failed.status, 'failed')
    assert.include(everything, 'sw-1', 'the rest of the record is kept')
    assert.notInclude(everything, COMMUNITY)
    assert.notInclude(everything, AUTH_PASS)
  })
})
