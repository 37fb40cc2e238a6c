import { type QueryClientContract } from '@adonisjs/lucid/types/database'

/** The schema of LAIM 1.0, from the data model and the migrations that its documentation tells. */
const SCHEMA = [
  `create type userrole as enum ('superuser', 'admin')`,
  `create type itemtype as enum ('LAPTOP', 'DESKTOP', 'SMART_TV', 'SERVER', 'WAP', 'Router', 'Switch')`,
  `create type syncstatus as enum ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED')`,
  `create table users (
     id serial primary key, username varchar(50) not null unique, hashed_password varchar(255) not null,
     role userrole not null, is_active boolean default true, created_at timestamptz default now())`,
  `create table inventory_items (
     id serial primary key, hostname varchar(100) not null, serial_number varchar(100), mac_address varchar(17),
     asset_tag varchar(50), item_type itemtype not null, room_location varchar(20), sub_location varchar(100),
     notes text, is_active boolean default true, created_at timestamptz default now(), updated_at timestamptz,
     source varchar(50), source_id varchar(255), last_synced_at timestamptz, ip_address varchar(45),
     model varchar(255), vendor varchar(255), firmware_version varchar(100))`,
  `create table sync_logs (
     id serial primary key, source varchar(50), started_at timestamptz not null, completed_at timestamptz,
     status syncstatus not null, items_created integer default 0, items_updated integer default 0, error_message text)`,
]

const ITEMS = [
  {
    hostname: 'LAB-LAPTOP-001',
    serial_number: 'SN-LAP-1',
    mac_address: '00:1B:21:3C:4D:01',
    asset_tag: 'LAB-001',
    item_type: 'LAPTOP',
    room_location: '2265',
    sub_location: 'desk 4',
    notes: 'Ana’s\nspare',
    source: 'manual',
  },
  { hostname: 'LAB-TV-001', serial_number: 'SN-TV-1', item_type: 'SMART_TV', room_location: 'ROOM_2299', source: null },
  {
    hostname: 'core-sw-1',
    serial_number: 'FOC0001',
    mac_address: '00:1b:21:3c:4d:99',
    item_type: 'Switch',
    source: 'merged',
    source_id: '42',
    last_synced_at: '2026-10-01T06:00:00Z',
    ip_address: '192.0.2.1',
    model: 'C9300',
    vendor: 'Cisco',
    firmware_version: '17.3',
    asset_tag: 'NET-1',
  },
  { hostname: 'twin', serial_number: 'sn-lap-1', item_type: 'LAPTOP', source: 'manual' },
  { hostname: 'odd', mac_address: 'unknown', ip_address: '999.1.1.1', item_type: 'DESKTOP', source: 'manual' },
  { hostname: 'gone', serial_number: 'SN-TV-1', item_type: 'SMART_TV', is_active: false },
]

/** Fills an empty database with what LAIM 1.0 would have in it. */
export async function makeV1Database(client: QueryClientContract): Promise<void> {
  for (const statement of SCHEMA) {
    await client.rawQuery(statement)
  }
  for (const item of ITEMS) {
    await client.table('inventory_items').insert(item)
  }
  const plain = Array.from({ length: 450 }, (_, index) => ({ hostname: `plain-${index}`, item_type: 'SERVER' }))
  await client.table('inventory_items').multiInsert(plain)
  await client.table('users').multiInsert([
    { username: 'superadmin', hashed_password: '$2b$12$secret', role: 'superuser' },
    { username: 'Admin1', hashed_password: '$2b$12$secret', role: 'admin' },
  ])
  const startedAt = '2026-10-01T06:00:00Z'
  await client.table('sync_logs').multiInsert([
    {
      source: 'all',
      started_at: startedAt,
      completed_at: '2026-10-01T06:01:00Z',
      status: 'COMPLETED',
      items_created: 3,
    },
    { source: 'all', started_at: startedAt, completed_at: startedAt, status: 'FAILED', error_message: 'no answer' },
    { source: 'all', started_at: startedAt, completed_at: null, status: 'RUNNING' },
  ])
}
