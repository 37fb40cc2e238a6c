import db from '@adonisjs/lucid/services/db'
import { countRows, type RowCount } from '#services/sync/store/count_rows'
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

  /** The newest message to each webhook that was sent any, by the id of the webhook. */
  async newestDeliveries(): Promise<Map<number, Delivery>> {
    const newest = db.from('webhook_deliveries').max('id').groupBy('webhook_id')
    const rows: DeliveryRow[] = await db.from('webhook_deliveries').whereIn('id', newest)
    return new Map(rows.map((row) => [row.webhook_id, toDelivery(row)]))
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

  countDeliveries(id: number, { status }: Pick<DeliveryQuery, 'status'>): Promise<RowCount> {
    const source = 'webhook_deliveries where webhook_id = ?'
    return status ? countRows(`${source} and status = ?`, [id, status]) : countRows(source, [id])
  }
}
