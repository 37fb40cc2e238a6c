import { BaseSchema } from '@adonisjs/lucid/schema'

/** Counts of attempts and requests that all processes share. A key is a hash; a row is worth nothing once it ended. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('rate_limits', (table) => {
      table.string('key', 43).primary()
      table.integer('count').notNullable()
      table.timestamp('ends_at', { useTz: true, precision: 3 }).notNullable().index()
    })
  }

  async down() {
    this.schema.dropTable('rate_limits')
  }
}
