import { BaseSchema } from '@adonisjs/lucid/schema'
import { isPostgres } from '#database/columns'

/**
 * Who signed in, was refused, or did something that no change of an item tells. Rows are only added: the database itself
 * refuses to change or delete one. `user_id` refers to nothing, so that no account's end touches a row.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('audit_entries', (table) => {
      table.increments('id')
      table.timestamp('at', { useTz: true, precision: 3 }).notNullable()
      table.string('action', 32).notNullable()
      table.string('actor', 64).notNullable()
      table.integer('user_id').nullable()
      table.string('address', 64).nullable()
      table.string('target', 128).nullable()
      table.jsonb('detail').notNullable()
      table.index(['action', 'id'])
    })

    if (isPostgres(this.db)) {
      this.schema.raw(`create function refuse_audit_change() returns trigger language plpgsql as
        $$ begin raise exception 'audit entries are only added'; end $$`)
      this.schema.raw(`create trigger audit_entries_stay before update or delete on audit_entries
        for each row execute function refuse_audit_change()`)
      return
    }
    for (const event of ['update', 'delete']) {
      this.schema.raw(`create trigger audit_entries_stay_${event} before ${event} on audit_entries
        begin select raise(abort, 'audit entries are only added'); end`)
    }
  }

  async down() {
    this.schema.dropTable('audit_entries')
    if (isPostgres(this.db)) {
      this.schema.raw('drop function refuse_audit_change')
    }
  }
}
