import { type DateTime } from 'luxon'
import { ROLES } from '#core/access/role'
import type User from '#models/user'
import { choice, flag, integer, nullable, shape, text, time } from './shape.js'

/** A user as the API answers it. No key of it contains the word that begins with p. */
export const userShape = shape<User>('User', {
  id: integer((user) => user.id),
  username: text((user) => user.username),
  email: text((user) => user.email),
  role: choice(ROLES, (user) => user.role),
  is_active: flag((user) => user.isActive),
  last_login_at: nullable(time((user) => toIso(user.lastLoginAt))),
  created_at: time((user) => toIso(user.createdAt)),
  updated_at: nullable(time((user) => toIso(user.updatedAt))),
})

/** Whole seconds: SQLite keeps no more of a model's times, and an answer must not change by being read again. */
function toIso(at: DateTime | null): string | null {
  return at && new Date(at.toMillis()).toISOString().replace(/\.\d+Z$/, 'Z')
}
