import { inject } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { LastSuperuser, RefusedPassword, UserNotFound } from '#core/access/errors'
import { findPasswordFault } from '#core/access/password'
import { type Role } from '#core/access/role'
import { assertMayEditUser, type Ranked } from '#core/access/user_edit'
import User from '#models/user'
import { EndAccess } from './end_access.js'
import { saveUser } from './save_user.js'

/** What is absent stays as it is. */
export interface UserPatch {
  readonly email?: string
  readonly password?: string
  readonly role?: Role
  readonly isActive?: boolean
}

/**
 * Changes a user's account. A new role counts from the next request; a new password and switching off end all tokens
 * and sessions.
 *
 * @throws UserNotFound, RankExceeded, LastSuperuser, RefusedPassword, UserTaken
 */
@inject()
export class UpdateUser {
  constructor(private endAccess: EndAccess) {}

  /** A null actor is the command line. */
  async handle(id: number, patch: UserPatch, actor: Ranked | null): Promise<User> {
    const user = await db.transaction(async (trx) => {
      await lockSuperusers(trx)
      const found = await User.find(id, { client: trx })
      if (!found) {
        throw new UserNotFound(id)
      }
      assertMayEditUser(actor, found, patch.role)
      await assertSuperuserRemains(found, patch, trx)
      assertPassword(found, patch)
      return saveUser(found.merge(toColumns(patch)))
    })

    if (patch.password !== undefined || patch.isActive === false) {
      await this.endAccess.handle(user.id)
    }
    logger.info({ userId: id, changed: Object.keys(toColumns(patch)), by: actor?.id ?? null }, 'user changed')
    return user
  }
}

/** A write that changes nothing makes concurrent edits of superusers wait for one another, on both databases. */
async function lockSuperusers(trx: TransactionClientContract): Promise<void> {
  await trx.from('users').where('role', 'superuser').update({ role: 'superuser' })
}

async function assertSuperuserRemains(user: User, patch: UserPatch, trx: TransactionClientContract): Promise<void> {
  const stays = (patch.role ?? user.role) === 'superuser' && (patch.isActive ?? user.isActive)
  if (user.role !== 'superuser' || !user.isActive || stays) {
    return
  }
  const other = await trx
    .from('users')
    .where({ role: 'superuser', is_active: true })
    .whereNot('id', user.id)
    .select('id')
    .first()
  if (!other) {
    throw new LastSuperuser()
  }
}

function assertPassword(user: User, { password }: UserPatch): void {
  const fault =
    password !== undefined &&
    findPasswordFault(password, 'password', { username: user.username, production: app.inProduction })
  if (fault) {
    throw new RefusedPassword(fault)
  }
}

function toColumns(patch: UserPatch): Partial<User> {
  const given = Object.entries({ ...patch, email: patch.email?.trim().toLowerCase() })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}
