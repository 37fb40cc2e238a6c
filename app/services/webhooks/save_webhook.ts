import { inject } from '@adonisjs/core'
import encryption from '@adonisjs/core/services/encryption'
import db from '@adonisjs/lucid/services/db'
import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { type Actor } from '#core/assets/asset'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
import { WebhookNotFound } from './errors.js'
import { newSecret } from './signature.js'
import { toWebhook, type Webhook, type WebhookEvent, type WebhookRow } from './webhook.js'
import { toWebhookTarget } from './webhook_target.js'

export interface NewWebhook {
  readonly name: string
  readonly url: string
  readonly events: readonly WebhookEvent[]
}

export type WebhookPatch = Partial<NewWebhook> & { readonly isActive?: boolean }

/** Adds, changes and removes webhooks. The audit tells the host of an address: its path is often a secret. */
@inject()
export class SaveWebhook {
  /** The answer alone holds the secret. @throws InvalidValue */
  async create(wanted: NewWebhook, actor: Actor): Promise<Webhook & { readonly secret: string }> {
    const { name: host } = toWebhookTarget(wanted.url)
    const secret = newSecret()
    return shortTransaction(db.connection(), async (trx) => {
      const newest = await trx.from('changes').max('id as id').first()
      const columns = {
        ...toColumns(wanted),
        secret: encryption.encrypt(secret),
        is_active: true,
        last_change_id: Number(newest?.id ?? 0),
        created_at: DateTime.utc().toISO(),
      }
      const [row] = await trx.knexQuery().table('webhooks').insert(columns).returning('*')
      const webhook = toWebhook(row)
      const detail = { name: webhook.name, host, events: webhook.events }
      await recordAudit(trx, { action: 'webhook.created', actor, target: `webhook ${webhook.id}`, detail })
      return { ...webhook, secret }
    })
  }

  /** One that was off goes on where it stopped. @throws WebhookNotFound, InvalidValue */
  async update(id: number, patch: WebhookPatch, actor: Actor): Promise<Webhook> {
    const host = patch.url === undefined ? undefined : toWebhookTarget(patch.url).name
    return shortTransaction(db.connection(), async (trx) => {
      await assertExists(trx, id)
      const columns = toColumns(patch)
      if (Object.keys(columns).length > 0) {
        await trx.from('webhooks').where('id', id).update(columns)
      }
      const detail = { ...patch, url: undefined, host }
      await recordAudit(trx, { action: 'webhook.changed', actor, target: `webhook ${id}`, detail })
      const row: WebhookRow = await trx.from('webhooks').where('id', id).firstOrFail()
      return toWebhook(row)
    })
  }

  /** Its deliveries go with it. @throws WebhookNotFound */
  async delete(id: number, actor: Actor): Promise<void> {
    await shortTransaction(db.connection(), async (trx) => {
      await assertExists(trx, id)
      await trx.from('webhooks').where('id', id).delete()
      await recordAudit(trx, { action: 'webhook.deleted', actor, target: `webhook ${id}` })
    })
  }
}

async function assertExists(trx: TransactionClientContract, id: number): Promise<void> {
  if (!(await trx.from('webhooks').where('id', id).select('id').first())) {
    throw new WebhookNotFound(id)
  }
}

/** Only what is given. */
function toColumns({ name, url, events, isActive }: WebhookPatch): Record<string, unknown> {
  const given = {
    name,
    url,
    on_changes: events?.includes('changes'),
    on_runs: events?.includes('run'),
    is_active: isActive,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
