import { BaseSchema } from '@adonisjs/lucid/schema'
import { isPostgres } from '#database/columns'

const STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled', 'awaiting_approval']

/**
 * One reading of one source, or of all (a parent with a child for each), or the taking back of large change sets. The rows
 * are the queue and the history.
 * `checkpoint`, `reading`, `sweep` and `dirty_assets` are what the next worker needs when this one dies; `deaths` counts
 * workers lost since the last progress that was kept; `slot` lets the schedule queue each of its turns once.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('sync_runs', (table) => {
      table.increments('id')
      table.integer('parent_id').nullable().references('sync_runs.id').index()
      table.integer('source_id').nullable().references('sources.id')
      table.string('source', 64).notNullable()
      table.string('trigger', 16).notNullable().checkIn(['manual', 'schedule', 'command'])
      table.integer('requested_by').nullable().references('users.id').onDelete('SET NULL')
      table.string('mode', 8).notNullable().defaultTo('apply').checkIn(['apply', 'plan', 'undo'])
      table.string('status', 20).notNullable().checkIn(STATUSES)
      table.string('phase', 16).nullable()
      table.integer('attempt').notNullable().defaultTo(1)
      table.string('lease_owner', 64).nullable()
      table.integer('fence').notNullable().defaultTo(0)
      table.timestamp('lease_expires_at', { useTz: true, precision: 3 }).nullable()
      table.integer('deaths').notNullable().defaultTo(0)
      table.jsonb('checkpoint').nullable()
      table.jsonb('reading').nullable()
      table.timestamp('reading_since', { useTz: true, precision: 3 }).nullable()
      table.jsonb('sweep').nullable()
      table.jsonb('dirty_assets').nullable()
      table.string('coverage', 16).nullable()
      table.integer('progress_done').notNullable().defaultTo(0)
      table.integer('progress_total').nullable()
      table.integer('devices_found').notNullable().defaultTo(0)
      table.integer('created').notNullable().defaultTo(0)
      table.integer('updated').notNullable().defaultTo(0)
      table.integer('skipped').notNullable().defaultTo(0)
      table.integer('missing').notNullable().defaultTo(0)
      table.integer('held').notNullable().defaultTo(0)
      table.integer('rejected').notNullable().defaultTo(0)
      table.integer('requests').notNullable().defaultTo(0)
      table.string('plan_hash', 43).nullable()
      table.jsonb('guards').nullable()
      table.integer('change_set_id').nullable()
      table.jsonb('errors').notNullable()
      table.string('failure_kind', 16).nullable()
      table.string('slot', 64).nullable().unique()
      table.timestamp('queued_at', { useTz: true, precision: 3 }).notNullable()
      table.timestamp('resume_at', { useTz: true, precision: 3 }).nullable()
      table.timestamp('started_at', { useTz: true, precision: 3 }).nullable()
      table.timestamp('completed_at', { useTz: true, precision: 3 }).nullable()
      table.index(['source_id', 'id'], 'sync_runs_source')
    })
    this.schema.raw(
      `create unique index sync_runs_one_active on sync_runs (source_id) where status in ('queued', 'running')`
    )
    this.schema.raw(`create index sync_runs_active on sync_runs (id) where status in ('queued', 'running')`)
    this.schema.raw(
      `create index sync_runs_leftover on sync_runs (id)
       where status in ('completed', 'failed', 'cancelled') and reading is not null`
    )

    this.schema.createTable('run_rejects', (table) => {
      table.increments('id')
      table.integer('run_id').notNullable().references('sync_runs.id').onDelete('CASCADE').index()
      table.string('native_id', 255).nullable()
      table.string('code', 64).notNullable()
      table.text('message').notNullable()
    })

    this.schema.createTable('plan_rows', (table) => {
      table.increments('id')
      table.integer('run_id').notNullable().references('sync_runs.id').onDelete('CASCADE')
      table.integer('seq').notNullable()
      table.string('plan_key', 64).notNullable()
      table.integer('asset_id').nullable()
      table.string('action', 16).notNullable()
      table.integer('base_revision').notNullable()
      table.jsonb('before').notNullable()
      table.jsonb('after').notNullable()
      table.text('reason').nullable()
      table.string('outcome', 16).notNullable().defaultTo('planned')
      table.unique(['run_id', 'seq'])
    })

    this.schema.createTable('run_seen', (table) => {
      table.integer('run_id').notNullable().references('sync_runs.id').onDelete('CASCADE')
      table.integer('attempt').notNullable()
      table.integer('block').notNullable()
      table.binary('bits').notNullable()
      table.primary(['run_id', 'attempt', 'block'])
    })

    this.schema.createTable('leases', (table) => {
      table.string('name', 64).primary()
      table.string('owner', 64).nullable()
      table.integer('fence').notNullable().defaultTo(0)
      table.timestamp('expires_at', { useTz: true, precision: 3 }).nullable()
    })

    this.schema.createTable('write_clock', (table) => {
      table.integer('id').primary()
      table.bigInteger('tick').notNullable().defaultTo(0)
    })

    this.defer(async (db) => {
      await db.table('write_clock').insert({ id: 1, tick: 0 })
      await db.table('leases').insert({ name: 'reconcile', fence: 0 })
    })

    if (isPostgres(this.db)) {
      this.schema.raw('alter table write_clock set (fillfactor = 10)')
    }
  }

  async down() {
    for (const table of ['write_clock', 'leases', 'run_seen', 'plan_rows', 'run_rejects', 'sync_runs']) {
      this.schema.dropTable(table)
    }
  }
}
