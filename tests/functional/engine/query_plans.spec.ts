import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { isPostgres } from '#database/columns'
import { countHeld } from '#services/sync/settle_reviews'
import { loadAssets } from '#services/sync/store/asset_queries'
import { claimRun } from '#services/sync/store/claim_queries'
import * as evidence from '#services/sync/store/evidence_queries'
import * as links from '#services/sync/store/link_queries'
import { countRedefined } from '#services/sync/store/plan_queries'
import * as presence from '#services/sync/store/presence_queries'
import * as readings from '#services/sync/store/reading_queries'
import { loadRecords } from '#services/sync/store/record_queries'
import { type SqlClient } from '#services/sync/store/sql_client'
import * as stages from '#services/sync/store/stage_queries'
import { EngineWorld, type Device } from '#tests/helpers/engine_world'
import { planOf, sentDuring } from './statement_plan.js'

/** A run that has nothing staged yet, as at the beginning of each. */
const RUN = 1000
/** Records that share their values with others. */
const IDS: number[] = []
const SERIAL = { kind: 'serial', value: 'FOC10001Q' }
const NOW = '2026-11-23T12:00:00.000Z'

/** What the databases look a statement up in: the same, or what each of them prefers. */
type Indexes = string | { readonly sqlite: string; readonly postgres: string }

/** The statements that a run repeats for each page, batch or record, and what each looks things up in. */
const HOT: readonly [
  name: string,
  ask: (client: SqlClient, sourceId: number) => Promise<unknown>,
  indexes: readonly Indexes[],
][] = [
  [
    'the open records of a page',
    (client, sourceId) => stages.findOpenRecords(client, sourceId, ['1', '2']),
    ['source_records_open'],
  ],
  [
    'who shares a value',
    (client) =>
      evidence.loadSharedValues(
        client,
        RUN,
        IDS.map((id) => ({ id, assetId: null, isSettled: false })),
        new Set()
      ),
    [
      'asset_identifiers_pkey observation_identifiers_pkey observation_identifiers_value observations_pkey observations_record_id_index source_records_pkey',
      'observation_identifiers_pkey observation_identifiers_value observations_pkey observations_record_id_index source_records_pkey',
      'asset_identifiers_pkey',
    ],
  ],
  [
    'what proves who a record is, before and now',
    (client) => evidence.loadStrongValues(client, IDS, RUN),
    ['observation_identifiers_pkey observations_record_id_index source_records_pkey'],
  ],
  [
    'records with what they say',
    (client) => loadRecords(client, IDS, RUN),
    ['observations_record_id_index source_records_pkey', 'observations_pkey', 'observation_identifiers_pkey'],
  ],
  [
    'assets with pins and identifiers',
    (client) => loadAssets(client, IDS),
    ['assets_pkey', 'pins_pkey', 'asset_identifiers_asset_id_index'],
  ],
  ['the records of assets', (client) => links.recordIdsOf(client, IDS), ['source_records_asset']],
  ['assets of a name', (client) => evidence.assetsNamed(client, ['host-1']), ['asset_identifiers_pkey']],
  [
    'the owners of serials',
    (client) => evidence.serialOwners(client, [SERIAL.value]),
    [{ sqlite: 'asset_identifiers_pkey', postgres: 'asset_identifiers_unique' }],
  ],
  ['assets known by junk', (client) => evidence.assetsCarrying(client, [SERIAL]), ['asset_identifiers_pkey']],
  [
    'records that report a value',
    (client) => evidence.recordsReporting(client, SERIAL),
    ['observation_identifiers_value observations_pkey source_records_pkey'],
  ],
  [
    'assets that wait for a serial',
    (client) => evidence.heirsOfSerials(client),
    [
      {
        sqlite: 'asset_identifiers_blocked asset_identifiers_pkey identifier_denylist_pkey',
        postgres: 'asset_identifiers_blocked asset_identifiers_unique identifier_denylist_pkey',
      },
    ],
  ],
  [
    'what is to decide',
    (client) => links.loadWorkSet(client, RUN),
    ['source_records_held', 'observations_run source_records_pkey'],
  ],
  [
    'how much could trip a guard',
    (client) => countRedefined(client, RUN),
    [
      {
        sqlite: 'observation_identifiers_pkey observations_pkey observations_run source_records_pkey',
        postgres:
          'observation_identifiers_pkey observation_identifiers_value observations_pkey observations_run source_records_pkey',
      },
    ],
  ],
  ['the new state of records', (client) => links.updateRecords(client, RUN, [UPDATE]), ['source_records_pkey']],
  ['the times of claims', (client) => links.saveClaimTimes(client, [{ id: 1, claimedAt: {} }]), ['observations_pkey']],
  [
    'what was not taken as it was read',
    (client) => links.rewriteObservations(client, [{ id: 1, claims: {}, identifiers: [] }]),
    ['observation_identifiers_pkey', 'observations_pkey'],
  ],
  ['replaced observations', (client) => links.deleteObservations(client, [-1]), ['observations_pkey']],
  [
    'who was absent before',
    (client, sourceId) => presence.missingRecords(client, sourceId),
    ['source_records_missing'],
  ],
  ['how many are listed', (client, sourceId) => presence.countOpenRecords(client, sourceId), ['source_records_source']],
  [
    'records in the order of their ids',
    (client, sourceId) => presence.pageOfRecords(client, sourceId, 5, 100),
    [{ sqlite: 'source_records_source', postgres: 'source_records_pkey' }],
  ],
  ['who is absent', (client) => presence.markAbsent(client, IDS, NOW), ['source_records_pkey']],
  ['who is back', (client) => presence.markBack(client, IDS), ['source_records_pkey']],
  [
    'assets long absent',
    (client, sourceId) => presence.assetsLongAbsent(client, sourceId, NOW),
    ['assets_pkey source_records_missing'],
  ],
  [
    'assets that time changes',
    (client, sourceId) => presence.assetsDue(client, sourceId, NOW),
    ['sources_pkey', 'assets_pkey pins_until', 'assets_pkey source_records_missing'],
  ],
  ['what a run staged', (client) => readings.loadStagedHashes(client, RUN, IDS), ['observations_record_id_index']],
  [
    'what a run left staged',
    (client) => readings.stagedIds(client, RUN, 1, 100),
    ['observations_run source_records_pkey'],
  ],
  ['how many wait for a person', (client, sourceId) => countHeld(client, sourceId), ['source_records_held']],
  ['the run to work on', (client) => claimRun(client, 'worker'), ['sync_runs_active']],
]

const UPDATE = {
  id: 1,
  assetId: 1,
  linkState: 'linked',
  linkRule: null,
  observationId: 1,
  contentHash: null,
} as const

/** Tables with a row or more for each device or change. */
const GROWING = /^(assets|asset_identifiers|source_records|observations?|observation_identifiers|changes|pins|run_seen)/

function devices(source: 'alpha' | 'beta', count: number): Device[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${source}-${index}`,
    hostname: `host-${index}`,
    serial: `FOC${10000 + index}Q`,
    base: `001b21${index.toString(16).padStart(6, '0')}`,
    macs: source === 'alpha' ? [`001b22${index.toString(16).padStart(6, '0')}`] : [],
    ip: `10.0.${index >> 8}.${index & 255}`,
  }))
}

test.group('Plans of the engine', (group) => {
  const world = new EngineWorld()
  let sourceId = 0

  group.setup(async () => {
    const rollback = await testUtils.db().withGlobalTransaction()
    await world.prepare()
    await world.reads('alpha', devices('alpha', 2000))
    await world.reads('beta', devices('beta', 1000))
    await db.rawQuery(
      `insert into pins (asset_id, field, until, until_at, actor, set_at)
       select id, 'room', 'date', created_at, 'test', created_at from assets`
    )
    await db.from('sources').update({ release_after_hours: 24 })
    sourceId = (await db.from('sources').where({ name: 'alpha' }).firstOrFail()).id
    const records = await db.from('source_records').where({ source_id: sourceId }).orderBy('id').limit(3)
    IDS.push(...records.map((record) => record.id as number))
    if (isPostgres(db.connection())) {
      await db.rawQuery('analyze')
    }
    return rollback
  })

  for (const [name, ask, indexes] of HOT) {
    test(`look up ${name} in an index`, async ({ assert }) => {
      const dialect = isPostgres(db.connection()) ? 'postgres' : 'sqlite'
      const statements = await sentDuring(() => ask(db.connection(), sourceId))
      const expected = indexes.map((one) => (typeof one === 'string' ? one : one[dialect]))

      assert.lengthOf(statements, expected.length)
      for (const [index, statement] of statements.entries()) {
        const plan = await planOf(statement)
        assert.equal(plan.indexes.join(' '), expected[index], statement.sql)
        assert.deepEqual(plan.scans, [], statement.sql)
      }
    })
  }

  test('read no growing table from end to end in a run that changes, adds and misses devices', async ({ assert }) => {
    const [gone, renamed, ...others] = devices('alpha', 2000)
    const added: Device = { id: 'new', hostname: gone!.hostname, serial: 'FOC90001Q', ip: '10.9.0.1' }

    const statements = await sentDuring(() =>
      world.reads('alpha', [{ ...renamed!, hostname: 'renamed', model: 'Other' }, ...others, added])
    )

    // An insert reads its parameter alone. SQLite lists checks of references there, which it skips.
    const reading = statements.filter(({ sql }) => !sql.startsWith('insert'))
    const unique = new Map(reading.map((statement) => [statement.sql, statement]))
    for (const statement of unique.values()) {
      const { scans } = await planOf(statement)
      assert.deepEqual(
        scans.filter((table) => GROWING.test(table)),
        [],
        statement.sql
      )
    }
  })
})
