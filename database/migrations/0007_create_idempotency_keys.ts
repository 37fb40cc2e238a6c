import { BaseSchema } from '@adonisjs/lucid/schema'

/** Answers that are kept for a day, so that a request that is sent twice is done once. Of the request only a keyed hash. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('idempotency_keys', (table) => {
      table.increments('id')
      table.integer('user_id').notNullable().references('users.id').onDelete('CASCADE')
      table.string('key', 255).notNullable()
      table.string('request_hash', 64).notNullable()
      table.integer('status').nullable()
      table.jsonb('headers').nullable()
      table.text('body').nullable()
      table.timestamp('created_at', { useTz: true, precision: 3 }).notNullable().index()
      table.unique(['user_id', 'key'])
    })
  }

  async down() {
    this.schema.dropTable('idempotency_keys')
  }
}
