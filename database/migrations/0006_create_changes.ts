import { BaseSchema } from '@adonisjs/lucid/schema'

const CHANGE_SET_KINDS = [
  'run',
  'create',
  'edit',
  'delete',
  'restore',
  'bulk_edit',
  'import',
  'merge',
  'split',
  'review',
  'policy',
  'undo',
]
const ACTIONS = ['create', 'update', 'link', 'missing', 'return', 'delete', 'restore', 'retire', 'merge']
const REVIEW_KINDS = [
  'merge_candidate',
  'match_suggestion',
  'contradiction',
  'same_source_twin',
  'identity_drift',
  'junk_identifier',
  'guard_tripped',
]

/** The history (what changed, by whom, before and after), what people pinned, and what waits for a person. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('change_sets', (table) => {
      table.increments('id')
      table.string('kind', 16).notNullable().checkIn(CHANGE_SET_KINDS)
      table.integer('run_id').nullable().references('sync_runs.id').index()
      table.integer('user_id').nullable().references('users.id').onDelete('SET NULL')
      table.string('actor', 64).notNullable()
      table.text('reason').nullable()
      table.integer('undoes_id').nullable().references('change_sets.id')
      table.jsonb('detail').nullable()
      table.timestamp('created_at', { useTz: true, precision: 3 }).notNullable()
    })

    this.schema.createTable('changes', (table) => {
      table.increments('id')
      table.integer('change_set_id').notNullable().references('change_sets.id').index()
      table.integer('asset_id').notNullable().references('assets.id')
      table.string('action', 16).notNullable().checkIn(ACTIONS)
      table.jsonb('before').notNullable()
      table.jsonb('after').notNullable()
      table.integer('revision').notNullable()
      table.jsonb('detail').nullable()
      table.text('reason').nullable()
      table.index(['asset_id', 'id'], 'changes_asset')
    })

    this.schema.createTable('pins', (table) => {
      table.integer('asset_id').notNullable().references('assets.id').onDelete('CASCADE')
      table.string('field', 32).notNullable()
      table.text('value').nullable()
      table.string('until', 16).notNullable().checkIn(['always', 'source_change', 'date'])
      table.timestamp('until_at', { useTz: true, precision: 3 }).nullable()
      table.string('claims_hash', 43).nullable()
      table.text('reason').nullable()
      table.integer('user_id').nullable().references('users.id').onDelete('SET NULL')
      table.string('actor', 64).notNullable()
      table.timestamp('set_at', { useTz: true, precision: 3 }).notNullable()
      table.primary(['asset_id', 'field'])
    })

    this.schema.raw(`create index pins_until on pins (until_at) where until = 'date'`)

    this.schema.createTable('reviews', (table) => {
      table.increments('id')
      table.string('kind', 32).notNullable().checkIn(REVIEW_KINDS)
      table.string('state', 16).notNullable().defaultTo('open').checkIn(['open', 'resolved'])
      table.string('dedupe_key', 255).notNullable()
      table.integer('source_id').nullable().references('sources.id')
      table.integer('run_id').nullable().references('sync_runs.id')
      table.jsonb('record_ids').notNullable()
      table.jsonb('asset_ids').notNullable()
      table.jsonb('evidence').notNullable()
      table.timestamp('opened_at', { useTz: true, precision: 3 }).notNullable()
      table.timestamp('resolved_at', { useTz: true, precision: 3 }).nullable()
      table.integer('resolved_by').nullable().references('users.id').onDelete('SET NULL')
      table.jsonb('resolution').nullable()
      table.integer('change_set_id').nullable().references('change_sets.id').index()
      table.index(['state', 'kind', 'id'], 'reviews_queue')
    })
    this.schema.raw(`create unique index reviews_open on reviews (dedupe_key) where state = 'open'`)

    this.schema.createTable('match_verdicts', (table) => {
      table.increments('id')
      table.string('party_a', 80).notNullable()
      table.string('party_b', 80).notNullable()
      table.string('verdict', 16).notNullable().checkIn(['different'])
      table.jsonb('evidence').notNullable()
      table.integer('change_set_id').nullable().references('change_sets.id').onDelete('SET NULL').index()
      table.string('actor', 64).notNullable()
      table.timestamp('created_at', { useTz: true, precision: 3 }).notNullable()
    })

    this.schema.createTable('identifier_denylist', (table) => {
      table.string('kind', 16).notNullable()
      table.string('value', 255).notNullable()
      table.string('origin', 16).notNullable().checkIn(['learned', 'person', 'allowed'])
      table.text('reason').notNullable()
      table.timestamp('created_at', { useTz: true, precision: 3 }).notNullable()
      table.primary(['kind', 'value'])
    })
  }

  async down() {
    for (const table of ['identifier_denylist', 'match_verdicts', 'reviews', 'pins', 'changes', 'change_sets']) {
      this.schema.dropTable(table)
    }
  }
}
