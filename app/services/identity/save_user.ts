import db from '@adonisjs/lucid/services/db'
import { UserTaken } from '#core/access/errors'
import type User from '#models/user'
import { codeOf } from '#database/faults'

/** How both databases name a broken unique index: `users.email` in SQLite, `users_email_unique` in PostgreSQL. */
const TAKEN_COLUMN = /users[._](username|email)/

/**
 * Saves a user, in a transaction of its own (a savepoint inside another one), so that a refused statement spoils none.
 * The unique indexes decide, not a look before: two requests at once cannot both win.
 *
 * @throws UserTaken naming the field
 */
export async function saveUser(user: User): Promise<User> {
  try {
    return await (user.$trx ?? db).transaction((trx) => user.useTransaction(trx).save())
  } catch (error) {
    const taken = isUniqueViolation(error) ? TAKEN_COLUMN.exec(describe(error)) : null
    if (taken) {
      throw new UserTaken(taken[1] as 'username' | 'email')
    }
    throw error
  }
}

function isUniqueViolation(error: unknown): error is Error & { constraint?: string } {
  return ['SQLITE_CONSTRAINT_UNIQUE', '23505'].includes(codeOf(error))
}

function describe(error: Error & { constraint?: string }): string {
  return error.constraint ?? error.message.slice(error.message.lastIndexOf('UNIQUE constraint failed'))
}
