import { type Delivery, type DeliveryStatus, type Webhook, type WebhookEvent } from '#services/webhooks/webhook'
import { type Look } from './looks.js'

export const DELIVERIES_PER_PAGE = 50

const EVENT_WORDS: Record<WebhookEvent, string> = { changes: 'Changes of assets', run: 'Runs that end' }

/** What a webhook can be told, as the form offers it. */
export const EVENT_CHOICES = Object.entries(EVENT_WORDS).map(([value, label]) => ({ value, label }))

const DELIVERY_LOOKS: Record<DeliveryStatus, Look> = {
  pending: { word: 'Waits', className: 'dot-live', title: 'It is sent soon, or again after a failure' },
  delivered: { word: 'Delivered', className: 'dot-good', title: 'The receiver answered with success' },
  failed: { word: 'Failed', className: 'dot-bad', title: 'Every try failed: it is not sent again by itself' },
}

/** One that was refused and is tried again: amber until it ends. */
const RETRIED: Look = { word: 'Retrying', className: 'dot-warn', title: 'The last try failed; another follows' }

/** A webhook as the console lists it, with its newest message if there is one. */
export function toWebhookRow(webhook: Webhook, newest?: Delivery) {
  return {
    ...webhook,
    host: URL.canParse(webhook.url) ? new URL(webhook.url).host : webhook.url,
    eventsText: toEventsText(webhook.events),
    newest: newest && toDeliveryRow(newest),
  }
}

function toEventsText(events: readonly WebhookEvent[]): string {
  const words = events.map((event) => EVENT_WORDS[event]).join(' and ')
  return words.charAt(0) + words.slice(1).toLowerCase()
}

/** `failed`, `delivered` or `pending`; undefined for any other text: all of them. */
export function readDeliveryStatus(text: unknown): DeliveryStatus | undefined {
  return (Object.keys(DELIVERY_LOOKS) as DeliveryStatus[]).find((status) => status === text)
}

interface Position {
  readonly status: DeliveryStatus | undefined
  readonly beforeId: number | undefined
}

/** One webhook with its log; `deliveries` holds one more than fits if there are older ones. */
export function toWebhookPage(webhook: Webhook, deliveries: readonly Delivery[], { status, beforeId }: Position) {
  const page = deliveries.slice(0, DELIVERIES_PER_PAGE)
  const last = page.at(-1)
  const href = (before?: number) => {
    const params = new URLSearchParams({ ...(status && { status }), ...(before && { before: String(before) }) })
    return params.size === 0 ? `/webhooks/${webhook.id}` : `/webhooks/${webhook.id}?${params}`
  }
  return {
    webhook: toWebhookRow(webhook),
    list: {
      rows: page.map(toDeliveryRow),
      isNarrowed: status !== undefined,
      choice: {
        name: 'status',
        label: 'Which messages',
        value: status ?? '',
        options: [
          { value: '', label: 'All messages' },
          ...Object.entries(DELIVERY_LOOKS).map(([value, { word }]) => ({ value, label: word })),
        ],
      },
      newestHref: beforeId === undefined ? null : href(),
      olderHref: deliveries.length > DELIVERIES_PER_PAGE && last ? href(last.id) : null,
    },
  }
}

function toDeliveryRow(delivery: Delivery) {
  const { id, status, attempts, answerStatus, error, nextAt, createdAt, endedAt } = delivery
  return {
    id,
    look: status === 'pending' && attempts > 0 ? RETRIED : DELIVERY_LOOKS[status],
    what: toWhat(delivery),
    runHref: delivery.runId === null ? null : `/runs/${delivery.runId}`,
    triesText: attempts === 1 ? '1 try' : `${attempts} tries`,
    answer: error ?? (answerStatus === null ? null : `HTTP ${answerStatus}`),
    isFault: error !== null,
    nextAt: attempts > 0 ? nextAt : null,
    createdAt,
    endedAt,
  }
}

/** What a message tells: `Run 7`, `Change 12`, `Changes 12 to 40`. */
function toWhat({ event, runId, firstChangeId: first, lastChangeId: last }: Delivery): string {
  if (event === 'run') {
    return `Run ${runId}`
  }
  return first === last ? `Change ${first}` : `Changes ${first} to ${last}`
}
