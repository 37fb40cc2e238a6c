import { BaseSchema } from '@adonisjs/lucid/schema'
import { isPostgres } from '#database/columns'

const STATUSES = ['in_use', 'spare', 'repair', 'retired']
const PRESENCES = ['present', 'missing', 'unknown']

/** What lists are filtered by: in the indexes that lists walk, so that a row that is not meant is never read. */
const FILTERED = ['is_active', 'asset_type', 'room', 'status', 'presence', 'source']

/** What lists are sorted by, beside the host name. Text sorts by its bytes on both databases. */
const SORTED = ['asset_type', 'room', 'serial_number', 'asset_tag', 'ip_address', 'created_at', 'updated_at']

/**
 * Assets are the materialised view of claims and pins: only a change set writes them. `search` holds every searchable
 * text of the asset, MAC addresses as bare hex digits, in lower case, one value a line, so that no match spans two values.
 */
export default class extends BaseSchema {
  async up() {
    const postgres = isPostgres(this.db)
    const text = postgres ? 'text collate "C"' : 'text'
    const name = postgres ? 'varchar(64) collate "C"' : 'varchar(64)'

    this.schema.createTable('assets', (table) => {
      table.increments('id')
      table.integer('revision').notNullable().defaultTo(1)
      table.specificType('hostname', text).notNullable()
      table.specificType('asset_type', name).notNullable().references('asset_types.name').onUpdate('CASCADE')
      table.specificType('serial_number', text).nullable()
      table.string('mac_address', 12).nullable()
      table.specificType('asset_tag', text).nullable()
      table.specificType('room', name).nullable().references('rooms.name').onUpdate('CASCADE')
      table.text('sub_location').nullable()
      table.text('notes').nullable()
      table.string('status', 16).notNullable().defaultTo('in_use').checkIn(STATUSES)
      table.string('presence', 16).notNullable().defaultTo('unknown').checkIn(PRESENCES)
      table.specificType('ip_address', text).nullable()
      table.text('vendor').nullable()
      table.text('model').nullable()
      table.text('firmware_version').nullable()
      table.text('location').nullable()
      table.string('source', 64).notNullable().defaultTo('manual')
      table.text('source_ref').nullable()
      table.string('origin', 16).notNullable().checkIn(['person', 'source'])
      table.boolean('is_active').notNullable().defaultTo(true)
      table.integer('merged_into').nullable().references('assets.id')
      table.text('search').notNullable()
      table.timestamp('created_at', { useTz: true, precision: 3 }).notNullable()
      table.timestamp('updated_at', { useTz: true, precision: 3 }).notNullable()
      table.timestamp('deleted_at', { useTz: true, precision: 3 }).nullable()
      table.check('length(hostname) between 1 and 253', [], 'assets_hostname_length')
      table.index(['hostname', 'id', ...FILTERED], 'assets_hostname')
      table.index(['asset_type', 'hostname', 'id', 'is_active', 'room', 'status', 'presence'], 'assets_type')
      table.index(['room', 'hostname', 'id', 'is_active', 'asset_type', 'status', 'presence'], 'assets_room')
      for (const column of SORTED) {
        table.index([column, 'id'], `assets_by_${column}`)
      }
    })

    this.schema.createTable('asset_identifiers', (table) => {
      table.string('kind', 16).notNullable()
      table.string('value', 255).notNullable()
      table.integer('asset_id').notNullable().references('assets.id').onDelete('CASCADE').index()
      table.string('strength', 8).notNullable().checkIn(['strong', 'medium', 'weak', 'former'])
      table.string('origin', 8).notNullable().checkIn(['person', 'source'])
      table.primary(['kind', 'value', 'asset_id'])
    })
    this.schema.raw(
      `create unique index asset_identifiers_unique on asset_identifiers (kind, value)
       where strength = 'strong' and kind in ('serial', 'asset_tag')`
    )
    this.schema.raw(
      `create index asset_identifiers_blocked on asset_identifiers (kind, strength, value)
       where kind = 'serial' and strength = 'weak'`
    )
    this.schema.raw(
      `create unique index asset_identifiers_typed_mac on asset_identifiers (value)
       where kind = 'mac' and origin = 'person' and strength = 'strong'`
    )

    if (postgres) {
      this.schema.raw('create extension if not exists pg_trgm')
      this.schema.raw('create index assets_search on assets using gin (search gin_trgm_ops)')
      return
    }

    this.schema.raw(`create index assets_search on assets (hostname, id, ${FILTERED.join(', ')}, search)`)
    this.schema.raw(
      `create virtual table assets_fts using fts5(search, content='assets', content_rowid='id', tokenize='trigram', detail='none')`
    )
    this.schema.raw(`create trigger assets_fts_insert after insert on assets begin
      insert into assets_fts(rowid, search) values (new.id, new.search); end`)
    this.schema.raw(`create trigger assets_fts_delete after delete on assets begin
      insert into assets_fts(assets_fts, rowid, search) values ('delete', old.id, old.search); end`)
    this.schema
      .raw(`create trigger assets_fts_update after update of search on assets when old.search is not new.search begin
      insert into assets_fts(assets_fts, rowid, search) values ('delete', old.id, old.search);
      insert into assets_fts(rowid, search) values (new.id, new.search); end`)
  }

  async down() {
    if (!isPostgres(this.db)) {
      this.schema.raw('drop table assets_fts')
    }
    this.schema.dropTable('asset_identifiers')
    this.schema.dropTable('assets')
  }
}
