import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What sources say. A source record is one device of one source; an observation is what was read of it, with its
 * identifiers. An observation is staged while its run works and becomes current when the record points to it.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('sources', (table) => {
      table.increments('id')
      table.string('name', 64).notNullable().unique()
      table.string('plugin', 64).notNullable()
      table.integer('rank').notNullable()
      table.integer('release_after_hours').nullable()
      table.string('applied_policy', 32).nullable()
      table.boolean('enabled').notNullable().defaultTo(true)
      table.boolean('is_reassignable').notNullable().defaultTo(false)
      table.text('fingerprint').nullable()
      table.string('health', 32).notNullable().defaultTo('unknown')
      table.text('health_message').nullable()
      table.timestamp('health_since', { useTz: true, precision: 3 }).nullable()
      table.integer('baseline_count').nullable()
      table.text('mark').nullable()
      table.integer('last_run_id').nullable()
      table.timestamp('last_completed_at', { useTz: true, precision: 3 }).nullable()
      table.timestamp('created_at', { useTz: true, precision: 3 }).notNullable()
    })

    this.schema.createTable('source_records', (table) => {
      table.increments('id')
      table.integer('source_id').notNullable().references('sources.id')
      table.string('native_id', 255).notNullable()
      table.integer('observation_id').nullable()
      table.string('content_hash', 43).nullable()
      table.integer('asset_id').nullable().references('assets.id')
      table
        .string('link_state', 16)
        .notNullable()
        .defaultTo('pending')
        .checkIn(['pending', 'linked', 'held', 'excluded'])
      table.string('link_rule', 32).nullable()
      table.integer('missed_runs').notNullable().defaultTo(0)
      table.timestamp('missing_since', { useTz: true, precision: 3 }).nullable()
      table.timestamp('closed_at', { useTz: true, precision: 3 }).nullable()
      table.integer('first_run_id').notNullable()
      table.integer('changed_run_id').notNullable()
      table.index(['source_id', 'id'], 'source_records_source')
    })
    this.schema.raw(
      'create unique index source_records_open on source_records (source_id, native_id) where closed_at is null'
    )
    this.schema.raw('create index source_records_asset on source_records (asset_id) where asset_id is not null')
    this.schema.raw(
      `create index source_records_held on source_records (source_id, id) where link_state in ('pending', 'held')`
    )
    this.schema.raw('create index source_records_missing on source_records (source_id, id) where missed_runs > 0')

    this.schema.createTable('observations', (table) => {
      table.increments('id')
      table.integer('record_id').notNullable().references('source_records.id').onDelete('CASCADE').index()
      table.integer('run_id').notNullable()
      table.string('content_hash', 43).notNullable()
      table.jsonb('claims').notNullable()
      table.jsonb('claimed_at').notNullable()
      table.jsonb('hints').nullable()
      table.jsonb('raw').nullable()
      table.jsonb('part_of').nullable()
      table.timestamp('read_at', { useTz: true, precision: 3 }).notNullable()
      table.timestamp('observed_at', { useTz: true, precision: 3 }).nullable()
      table.text('href').nullable()
      table.index(['run_id', 'id'], 'observations_run')
    })

    this.schema.createTable('observation_identifiers', (table) => {
      table.integer('observation_id').notNullable().references('observations.id').onDelete('CASCADE')
      table.string('kind', 16).notNullable()
      table.string('value', 255).notNullable()
      table.string('role', 16).notNullable()
      table.string('strength', 8).notNullable().checkIn(['strong', 'medium', 'weak'])
      table.primary(['observation_id', 'kind', 'value'])
      table.index(['kind', 'value'], 'observation_identifiers_value')
    })
  }

  async down() {
    this.schema.dropTable('observation_identifiers')
    this.schema.dropTable('observations')
    this.schema.dropTable('source_records')
    this.schema.dropTable('sources')
  }
}
