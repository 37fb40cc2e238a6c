import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { type Actor } from '#core/assets/asset'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
import { DeliveryNotFound } from './errors.js'
import { toDelivery, type Delivery, type DeliveryRow } from './webhook.js'

/** Sends a message once more, with the id that it had: a receiver that has it already can tell. */
export class ResendDelivery {
  /** @throws DeliveryNotFound */
  async handle(id: number, actor: Actor): Promise<Delivery> {
    return shortTransaction(db.connection(), async (trx) => {
      const again = { status: 'pending', attempts: 0, next_at: DateTime.utc().toISO(), ended_at: null, error: null }
      await trx.from('webhook_deliveries').where('id', id).update(again)
      const row: DeliveryRow | null = await trx.from('webhook_deliveries').where('id', id).first()
      if (!row) {
        throw new DeliveryNotFound(id)
      }
      await recordAudit(trx, { action: 'webhook.resent', actor, target: `delivery ${id}` })
      return toDelivery(row)
    })
  }
}
