import { randomBytes } from 'node:crypto'
import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { COMMAND_LINE } from '#core/access/user_edit'
import { type Role } from '#core/access/role'
import User from '#models/user'
import { recordAudit } from '#services/audit/record_audit'
import { type V1Database, type V1Row } from './read_v1.js'

const LONGEST_NAME = 64

/**
 * Adds the accounts of LAIM 1.0 that have no namesake here. No password is taken over: they are disabled, with one that
 * nobody knows, until a superuser sets one. Answers their names.
 */
export async function importUsers(
  trx: TransactionClientContract,
  database: V1Database
): Promise<{ created: string[]; known: number }> {
  const created: string[] = []
  let known = 0
  for await (const rows of database.rows('users')) {
    for (const row of rows) {
      const username = String(row.username ?? '')
        .trim()
        .toLowerCase()
        .slice(0, LONGEST_NAME)
      const email = await freeAddress(trx, row, username)
      if (username === '' || (await trx.from('users').where('username', username).first())) {
        known += 1
        continue
      }
      const role = toRole(row.role)
      const password = randomBytes(32).toString('base64url')
      const user = new User().useTransaction(trx)
      await user.fill({ username, email, password, role, isActive: false, lastLoginAt: null }).save()
      const detail = { username, role, imported: true }
      await recordAudit(trx, { action: 'user.created', actor: COMMAND_LINE, target: `user ${user.id}`, detail })
      created.push(username)
    }
  }
  return { created, known }
}

/** 1.0 did not need an address; here each account has one of its own. */
async function freeAddress(trx: TransactionClientContract, row: V1Row, username: string): Promise<string> {
  const email = String(row.email ?? '')
    .trim()
    .toLowerCase()
  const isFree = email.includes('@') && !(await trx.from('users').where('email', email).first())
  return isFree ? email : `${username}@example.org`
}

/** `superuser` and `admin`, in whatever case; whoever else there was may read. */
function toRole(role: unknown): Role {
  const word = String(role ?? '').toLowerCase()
  return word === 'superuser' || word === 'admin' ? word : 'viewer'
}
