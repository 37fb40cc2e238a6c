import { COMMAND_LINE } from '#core/access/user_edit'
import db from '@adonisjs/lucid/services/db'
import { AccessTokens } from '#services/identity/access_tokens'
import { CreateUser } from '#services/identity/create_user'
import { IdempotencyKeys } from '#services/exchange/idempotency_keys'
import { CreateAsset } from '#services/inventory/create_asset'
import { DeleteAsset } from '#services/inventory/delete_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { MergeAssets } from '#services/inventory/merge_assets'
import { PinField } from '#services/inventory/pin_field'
import { answer } from '#tests/helpers/decide'
import { EngineWorld, type Device } from '#tests/helpers/engine_world'

const MAC = (digit: number) => `00:1b:21:3c:4d:0${digit}`

const TWINS: Device[] = [
  { id: '10.0.0.1', hostname: 'fw-a', serial: 'PAIR0001', base: MAC(1) },
  { id: '10.0.0.2', hostname: 'fw-b', serial: 'PAIR0001', base: MAC(2) },
]

const LAB: Device[] = Array.from({ length: 6 }, (_, index) => ({
  id: String(index),
  hostname: `lab-${index}`,
  serial: `SER00${index}`,
  ip: `192.0.2.${index}`,
  firmware: '1.0',
  model: 'Catalyst “9300” – 48 Ports',
}))

/** Fills the database with a small inventory that has lived: rows in every table, one of them gone. */
export async function furnishInventory(): Promise<void> {
  const world = new EngineWorld()
  await world.prepare()
  const user = await new CreateUser().handle(
    { username: 'ada', email: 'ada@example.org', password: 'correct horse battery', role: 'superuser' },
    COMMAND_LINE
  )
  const actor = { userId: user.id, name: user.username }
  await new AccessTokens().create(user.id, { kind: 'personal', name: 'script', abilities: ['*'], expiresAt: null })
  await keepAnswer(user.id)
  await addWebhook()

  await world.reads('beta', TWINS)
  await answer({ verdict: 'different' })
  const rejected = [{ nativeId: 'x', code: 'E_NO_IDENTITY', message: 'says nothing of itself' }]
  await world.reads('alpha', LAB, { rejected })
  await world.reads(
    'alpha',
    LAB.slice(0, 5).map((device) => ({ ...device, firmware: '1.1' }))
  )
  world.says(
    'alpha',
    LAB.slice(0, 4).map((device) => ({ ...device, firmware: '1.2' }))
  )
  await world.plan('alpha')

  const created = await new CreateAsset().handle(
    {
      hostname: 'desk-1',
      assetType: 'Laptop',
      serialNumber: 'DESK1',
      assetTag: 'T-1',
      room: '2265',
      notes: '=1+1\n"x"',
    },
    actor
  )
  const [first, second, third] = await world.assets()
  await new EditAsset().handle(Number(first!.id), { model: 'as typed', subLocation: 'rack 3' }, actor)
  await new PinField().handle(Number(second!.id), { field: 'vendor', value: null, until: 'source_change' }, actor)
  await new MergeAssets().handle(Number(third!.id), { into: created.assetId }, actor)
  const gone = await new CreateAsset().handle({ hostname: 'gone', assetType: 'Laptop' }, actor)
  await new DeleteAsset().handle(gone.assetId, actor)
  await denyValue()
}

async function keepAnswer(userId: number): Promise<void> {
  const keys = new IdempotencyKeys()
  await keys.claim(userId, 'order-1', 'hash')
  await keys.keep(userId, 'order-1', { status: 201, headers: { location: '/api/items/1' }, body: '{}' })
}

/** Learning one takes hundreds of devices. The highest id that was given is gone, as after every failed run. */
async function denyValue(): Promise<void> {
  const reason = 'reported by 40 devices'
  const now = new Date().toISOString()
  await db
    .table('identifier_denylist')
    .insert({ kind: 'serial', value: 'JUNK', origin: 'learned', reason, created_at: now })
  await db.table('rooms').insert({ name: 'gone' })
  await db.from('rooms').where('name', 'gone').delete()
}

async function addWebhook(): Promise<void> {
  const now = new Date().toISOString()
  const webhook = { name: 'chat', url: 'http://127.0.0.1:9/', secret: 'x', is_active: false, last_change_id: 0 }
  await db.table('webhooks').insert({ ...webhook, on_changes: true, on_runs: true, created_at: now })
  const { id } = await db.from('webhooks').max('id as id').firstOrFail()
  const delivery = { event: 'run', run_id: 1, status: 'failed', attempts: 9, created_at: now }
  await db.table('webhook_deliveries').insert({ webhook_id: id, ...delivery })
}
