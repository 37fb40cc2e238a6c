import { inject } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { LastSuperuser, RefusedPassword, UserNotFound } from '#core/access/errors'
import { findPasswordFault } from '#core/access/password'
import { type Role } from '#core/access/role'
import { assertMayEditUser, type Editor } from '#core/access/user_edit'
import User from '#models/user'
import { EndAccess } from './end_access.js'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
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

  async handle(id: number, patch: UserPatch, actor: Editor): Promise<User> {
    const user = await shortTransaction(db.connection(), async (trx) => {
      await lockSuperusers(trx)
      const found = await User.find(id, { client: trx })
      if (!found) {
        throw new UserNotFound(id)
      }
      assertMayEditUser(actor, found, patch.role)
      await assertSuperuserRemains(found, patch, trx)
      assertPassword(found, patch)
      await recordEdit(trx, found, patch, actor)
      if (endsAccess(patch)) {
        await this.endAccess.ofTokens(id, trx)
      }
      return saveUser(found.merge(toColumns(patch)))
    })

    if (endsAccess(patch)) {
      await this.endAccess.ofSessions(id)
    }
    logger.info({ userId: id, changed: Object.keys(toColumns(patch)), by: actor.userId }, 'user changed')
    return user
  }
}

function endsAccess({ password, isActive }: UserPatch): boolean {
  return password !== undefined || isActive === false
}

/** A password is changed or it is not: it has no before and after. */
async function recordEdit(trx: TransactionClientContract, user: User, patch: UserPatch, actor: Editor): Promise<void> {
  const target = `user ${user.id}`
  const { password, ...rest } = toColumns(patch)
  if (password !== undefined) {
    await recordAudit(trx, { action: 'account.password_changed', actor, target })
  }
  const changed = Object.entries(rest).filter(([field, value]) => user[field as keyof typeof rest] !== value)
  if (changed.length > 0) {
    const before = Object.fromEntries(changed.map(([field]) => [field, user[field as keyof typeof rest]]))
    await recordAudit(trx, {
      action: 'user.changed',
      actor,
      target,
      detail: { before, after: Object.fromEntries(changed) },
    })
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
