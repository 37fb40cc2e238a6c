import vine from '@vinejs/vine'
import { ROLES } from '#core/access/role'
import { PASSWORD_MAX_LENGTH } from '#core/access/password'
import { notNull, strict } from './rules.js'

const USERNAME = /^[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?$/i

const email = () => vine.string().trim().maxLength(254).email()

/** How long a password must be says `findPasswordFault`, which knows the account; here only its shape. */
const password = () => vine.string().maxLength(PASSWORD_MAX_LENGTH)

/** Body of `POST /api/users`. */
export const createUserValidator = vine.create(
  strict({
    username: vine.string().trim().maxLength(64).regex(USERNAME),
    email: email(),
    password: password(),
    role: vine.enum(ROLES),
  })
)

/** Body of `PUT /api/users/{id}`. */
export const updateUserValidator = vine.create(
  strict({
    email: email().optional().use(notNull()),
    password: password().optional().use(notNull()),
    role: vine.enum(ROLES).optional().use(notNull()),
    is_active: vine.boolean({ strict: true }).optional().use(notNull()),
  })
)

/** Body of `PUT /api/me/password`. */
export const changePasswordValidator = vine.create(strict({ current_password: password(), new_password: password() }))
