import vine from '@vinejs/vine'
import { PASSWORD_MAX_LENGTH } from '#core/access/password'
import { ROLES } from '#core/access/role'

export { createUserValidator } from './user.js'

/** The form of an account: all of its fields come, and an empty password keeps the present one. */
export const editUserValidator = vine.create({
  email: vine.string().trim().maxLength(254).email(),
  role: vine.enum(ROLES),
  is_active: vine.enum(['true', 'false']),
  password: vine.string().maxLength(PASSWORD_MAX_LENGTH).nullable(),
})
