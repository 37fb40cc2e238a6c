import vine from '@vinejs/vine'
import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { strict } from '#validators/rules'

const noQueryValidator = vine.create(strict({}))

/** Refuses every query parameter, by name: this route knows none. */
export default class NoQueryMiddleware {
  async handle({ request }: HttpContext, next: NextFn) {
    await noQueryValidator.validate(request.qs())
    return next()
  }
}
