import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { ListChanges, type FeedEntry } from '#services/inventory/list_changes'
import { FindRun } from '#services/sync/find_run'
import { type RunView } from '#services/sync/run_view'
import { forgetOldDeliveries, recordOutcome, takeDueDelivery, type DueDelivery } from './due_deliveries.js'
import { queueChangeEvents } from './queue_events.js'
import { sendDelivery } from './send_delivery.js'

const POLL_MS = 1000
const PAUSE_AFTER_FAULT_MS = 5000
const POLLS_PER_CLEARING = 3600

/** What a message tells: changes with before and after, or a run that ended. */
export type Message =
  | { readonly id: string; readonly at: string; readonly event: 'changes'; readonly changes: readonly FeedEntry[] }
  | { readonly id: string; readonly at: string; readonly event: 'run'; readonly run: RunView }

/** Writes a message as the body of a request. */
export type MessageWriter = (message: Message) => string

/** Tells webhooks what happened, beside the worker of runs. Any number of workers may do so. */
@inject()
export class WebhookWorker {
  constructor(
    private listChanges: ListChanges,
    private findRun: FindRun
  ) {}

  /** Works until the signal aborts; the message under way is finished first. */
  async work(write: MessageWriter, signal: AbortSignal): Promise<void> {
    for (let polls = 0; !signal.aborted; polls += 1) {
      let pauseMs = POLL_MS
      try {
        if (polls % POLLS_PER_CLEARING === 0) {
          await forgetOldDeliveries(db.connection(), new Date())
        }
        while (!signal.aborted && (await this.workOnce(write))) {
          // Until nothing is due.
        }
      } catch (error) {
        logger.error({ err: error }, 'webhooks could not be served; it is tried again')
        pauseMs = PAUSE_AFTER_FAULT_MS
      }
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Queues what is new and sends one message. Answers false when there was nothing to do. */
  async workOnce(write: MessageWriter, now: Date = new Date()): Promise<boolean> {
    const queued = await queueChangeEvents(db.connection())
    const delivery = await takeDueDelivery(db.connection(), now)
    if (!delivery) {
      return queued > 0
    }
    const outcome = await sendDelivery(delivery, write(await this.#read(delivery)), now)
    await recordOutcome(db.connection(), delivery, outcome)
    if (outcome.error !== null) {
      const { id, webhookId, attempts } = delivery
      logger.warn({ deliveryId: id, webhookId, attempts, reason: outcome.error }, 'webhook not delivered')
    }
    return true
  }

  async #read({ id, event, createdAt, runId, firstChangeId, lastChangeId }: DueDelivery): Promise<Message> {
    const head = { id: `msg_${id}`, at: createdAt }
    if (event === 'run') {
      return { ...head, event, run: await this.findRun.handle(runId!) }
    }
    const limit = lastChangeId! - firstChangeId! + 1
    const changes = await this.listChanges.handle({ afterId: firstChangeId! - 1, throughId: lastChangeId!, limit })
    return { ...head, event, changes }
  }
}
