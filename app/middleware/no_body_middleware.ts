import vine from '@vinejs/vine'
import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { strict } from '#validators/rules'

const noBodyValidator = vine.create(strict({}))

/** Refuses every field of a body, by name: this route knows none, and what somebody meant by it would not be done. */
export default class NoBodyMiddleware {
  async handle({ request }: HttpContext, next: NextFn) {
    await noBodyValidator.validate(request.body())
    return next()
  }
}
