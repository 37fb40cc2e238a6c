import vine from '@vinejs/vine'
import { PERMISSIONS } from '#core/access/permissions'
import { futureTime, strict } from './rules.js'
import { line } from './text.js'

/** Body of `POST /api/login`. */
export const loginValidator = vine.create(
  strict({ username: vine.string().maxLength(254), password: vine.string().maxLength(1024) })
)

/** Body of `POST /api/tokens`. Without `expires_at` the token lives until it is deleted. */
export const createTokenValidator = vine.create(
  strict({
    name: line(100),
    abilities: vine
      .array(vine.enum([...PERMISSIONS, '*'] as const))
      .minLength(1)
      .distinct()
      .optional(),
    expires_at: vine.string().use(futureTime()).nullable().optional(),
  })
)
