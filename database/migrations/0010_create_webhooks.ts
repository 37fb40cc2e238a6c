import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Addresses that are told of changes and runs, and what was sent to each. A webhook remembers the last change that it was
 * told of; `secret` is encrypted. A delivery holds no body: what it says is read again from the history, which stays.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('webhooks', (table) => {
      table.increments('id')
      table.string('name', 100).notNullable()
      table.text('url').notNullable()
      table.text('secret').notNullable()
      table.boolean('on_changes').notNullable()
      table.boolean('on_runs').notNullable()
      table.boolean('is_active').notNullable()
      table.integer('last_change_id').notNullable()
      table.timestamp('created_at', { useTz: true, precision: 3 }).notNullable()
    })

    this.schema.createTable('webhook_deliveries', (table) => {
      table.increments('id')
      table.integer('webhook_id').notNullable().references('webhooks.id').onDelete('CASCADE')
      table.string('event', 16).notNullable().checkIn(['changes', 'run'])
      table.integer('first_change_id').nullable()
      table.integer('last_change_id').nullable()
      table.integer('run_id').nullable()
      table.string('status', 16).notNullable().checkIn(['pending', 'delivered', 'failed'])
      table.integer('attempts').notNullable()
      table.timestamp('next_at', { useTz: true, precision: 3 }).nullable()
      table.integer('answer_status').nullable()
      table.text('error').nullable()
      table.timestamp('created_at', { useTz: true, precision: 3 }).notNullable()
      table.timestamp('ended_at', { useTz: true, precision: 3 }).nullable()
      table.index(['webhook_id', 'id'])
    })
    this.schema.raw(`create index webhook_deliveries_due on webhook_deliveries (next_at) where status = 'pending'`)
  }

  async down() {
    this.schema.dropTable('webhook_deliveries')
    this.schema.dropTable('webhooks')
  }
}
