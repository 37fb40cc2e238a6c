import { BaseSchema } from '@adonisjs/lucid/schema'

/** What an asset can be and where it can stand: data, so that both grow without a release. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('asset_types', (table) => {
      table.increments('id')
      table.string('name', 64).notNullable().unique()
      table.string('icon', 32).nullable()
      table.integer('position').notNullable().defaultTo(1000)
    })

    this.schema.createTable('rooms', (table) => {
      table.increments('id')
      table.string('name', 64).notNullable().unique()
    })
  }

  async down() {
    this.schema.dropTable('rooms')
    this.schema.dropTable('asset_types')
  }
}
