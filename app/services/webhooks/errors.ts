import { Exception } from '@adonisjs/core/exceptions'

export class WebhookNotFound extends Exception {
  static status = 404
  static code = 'E_WEBHOOK_NOT_FOUND'
  constructor(id: number) {
    super(`There is no webhook ${id}`)
  }
}

export class DeliveryNotFound extends Exception {
  static status = 404
  static code = 'E_DELIVERY_NOT_FOUND'
  constructor(id: number) {
    super(`There is no delivery ${id}`)
  }
}
