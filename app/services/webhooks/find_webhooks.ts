import db from '@adonisjs/lucid/services/db'
import { WebhookNotFound } from './errors.js'
import {
  toDelivery,
  toWebhook,
  type Delivery,
  type DeliveryRow,
  type DeliveryStatus,
  type Webhook,
  type WebhookRow,
} from './webhook.js'

export interface DeliveryQuery {
  readonly limit: number
  readonly beforeId?: number
  readonly status?: DeliveryStatus
}

export class FindWebhooks {
  /** All of them, in the order in which they were made. */
  async list(): Promise<Webhook[]> {
    const rows: WebhookRow[] = await db.from('webhooks').orderBy('id')
    return rows.map(toWebhook)
  }

  /** @throws WebhookNotFound */
  async one(id: number): Promise<Webhook> {
    const row: WebhookRow | null = await db.from('webhooks').where('id', id).first()
    if (!row) {
      throw new WebhookNotFound(id)
    }
    return toWebhook(row)
  }

  /** What was sent, newest first. @throws WebhookNotFound */
  async deliveries(id: number, { limit, beforeId, status }: DeliveryQuery): Promise<Delivery[]> {
    await this.one(id)
    const query = db
      .from('webhook_deliveries')
      .where('webhook_id', id)
      .orderBy('id', 'desc')
      .limit(limit)
      .if(beforeId, (some) => some.where('id', '<', beforeId!))
      .if(status, (some) => some.where('status', status!))
    const rows: DeliveryRow[] = await query
    return rows.map(toDelivery)
  }
}
