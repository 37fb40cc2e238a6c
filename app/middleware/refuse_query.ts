import vine from '@vinejs/vine'
import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { strict } from '#validators/rules'

const noQueryValidator = vine.create(strict({}))

/** Middleware that refuses every query parameter, by name: the route knows none. */
export async function refuseQuery({ request }: HttpContext, next: NextFn) {
  const query = request.qs()
  if (Object.keys(query).length > 0) {
    await noQueryValidator.validate(query)
  }
  return next()
}
