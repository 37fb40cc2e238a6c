import { controllers } from '#generated/controllers'
import { operation } from '#start/routes/operation'
import { deliveryShape, newWebhookShape, webhookShape } from '#transformers/webhook_transformer'
import { pageValidator } from '#validators/paging'
import { createWebhookValidator, listDeliveriesValidator, updateWebhookValidator } from '#validators/webhook'

const { WebhookDeliveries, Webhooks } = controllers.api

operation('GET', 'webhooks', [Webhooks, 'index'], {
  summary: 'Addresses that are told of changes and runs',
  can: 'webhook.manage',
  query: pageValidator,
  answers: { status: 200, of: webhookShape, list: true },
})
operation('POST', 'webhooks', [Webhooks, 'store'], {
  summary: 'Add a webhook; the secret that signs its messages is shown once',
  can: 'webhook.manage',
  body: createWebhookValidator,
  answers: { status: 201, of: newWebhookShape },
  isSecret: true,
})
operation('GET', 'webhooks/{id}', [Webhooks, 'show'], {
  summary: 'One webhook',
  can: 'webhook.manage',
  answers: { status: 200, of: webhookShape },
})
operation('PUT', 'webhooks/{id}', [Webhooks, 'update'], {
  summary: 'Change a webhook, or switch it off and on',
  can: 'webhook.manage',
  body: updateWebhookValidator,
  answers: { status: 200, of: webhookShape },
})
operation('DELETE', 'webhooks/{id}', [Webhooks, 'destroy'], {
  summary: 'Remove a webhook and the log of its deliveries',
  can: 'webhook.manage',
  answers: { status: 204 },
})
operation('GET', 'webhooks/{id}/deliveries', [WebhookDeliveries, 'index'], {
  summary: 'What was sent to a webhook, newest first',
  can: 'webhook.manage',
  query: listDeliveriesValidator,
  answers: { status: 200, of: deliveryShape, list: true },
})
operation('POST', 'deliveries/{id}/resend', [WebhookDeliveries, 'resend'], {
  summary: 'Send a message once more',
  can: 'webhook.manage',
  answers: { status: 202, of: deliveryShape },
})
