import { AccessToken } from '@adonisjs/auth/access_tokens'
import { type Secret } from '@adonisjs/core/helpers'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { TokenNotFound } from '#core/access/errors'
import { toIso } from '#database/columns'
import User from '#models/user'
import { selectPrepared } from '#services/sync/store/sql_client'
import { inPassing } from './in_passing.js'

const TABLE = 'auth_access_tokens'
const USER_COLUMNS = [
  'id',
  'username',
  'email',
  'password',
  'role',
  'is_active',
  'last_login_at',
  'created_at',
  'updated_at',
] as const
const TOKEN_COLUMNS = [
  'id',
  'tokenable_id',
  'type',
  'name',
  'hash',
  'abilities',
  'created_at',
  'updated_at',
  'last_used_at',
  'expires_at',
] as const
const COLUMNS = [
  ...TOKEN_COLUMNS.map((column) => `t.${column}`),
  ...USER_COLUMNS.map((column) => `u.${column} as user_${column}`),
].join(', ')
const PREFIX = 'laim_'
const SECRET_LENGTH = 40
const ROW_ID = /^[1-9]\d{0,8}$/

/** How often the time of a token's last use is written. Each write of SQLite waits for a running sync. */
const USE_GRAIN_MS = 60_000

/** `login` tokens come from signing in and end by signing out; `personal` ones are made for scripts. */
export type TokenKind = 'login' | 'personal'

export interface NewToken {
  readonly kind: TokenKind
  readonly name: string | null
  /** Names of permissions, or `*`. */
  readonly abilities: readonly string[]
  /** Null: never. */
  readonly expiresAt: Date | null
}

interface TokenRow {
  id: number
  tokenable_id: number
  type: TokenKind
  name: string | null
  hash: string
  abilities: string
  created_at: unknown
  updated_at: unknown
  last_used_at: unknown
  expires_at: unknown
}

/** The store of API tokens. Only hashes are kept: the value of a token exists in the answer that made it. */
export class AccessTokens {
  /** Tokens whose use is being written. */
  #beingTouched = new Set<number>()

  /** The result alone carries the token's `value`. */
  async create(userId: number, token: NewToken, trx?: TransactionClientContract): Promise<AccessToken> {
    const { secret, hash } = AccessToken.seed(SECRET_LENGTH)
    const now = new Date()
    const values = {
      tokenable_id: userId,
      type: token.kind,
      name: token.name,
      hash,
      abilities: JSON.stringify(token.abilities),
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
      last_used_at: null,
      expires_at: token.expiresAt?.toISOString() ?? null,
    }
    const [row] = await (trx ?? db).table(TABLE).insert(values).returning('id')
    return toToken({ ...values, id: typeof row === 'object' ? row.id : row }, secret)
  }

  /** The stored token for a value that a client sent, or null if there is none, it has expired or the secret is wrong. */
  async verify(value: Secret<string>): Promise<AccessToken | null> {
    const verified = await this.verifyWithUser(value)
    return verified?.token ?? null
  }

  /** The same with the token's user, active or not: one statement for what every request of the API asks. */
  async verifyWithUser(value: Secret<string>): Promise<{ token: AccessToken; user: User } | null> {
    const sent = AccessToken.decode(PREFIX, value.release())
    if (!sent || !ROW_ID.test(sent.identifier)) {
      return null
    }
    const [row] = await selectPrepared<TokenRow & Record<string, unknown>>(
      db.connection(),
      'find_token',
      `select ${COLUMNS} from ${TABLE} t join users u on u.id = t.tokenable_id where t.id = ?`,
      [Number(sent.identifier)]
    )
    if (!row) {
      return null
    }
    const token = toToken(row)
    if (!token.verify(sent.secret) || token.isExpired()) {
      return null
    }
    await this.#touch(token, new Date())
    const columns = USER_COLUMNS.map((column) => [column, row[`user_${column}`]] as const)
    return { token, user: User.$createFromAdapterResult(Object.fromEntries(columns))! }
  }

  /** A user's tokens of one kind, newest first. */
  async listOf(userId: number, kind: TokenKind): Promise<AccessToken[]> {
    const rows: TokenRow[] = await db.from(TABLE).where({ tokenable_id: userId, type: kind }).orderBy('id', 'desc')
    return rows.map((row) => toToken(row))
  }

  /** One of a user's personal tokens. @throws TokenNotFound, also for the token of somebody else */
  async oneOf(userId: number, tokenId: number): Promise<AccessToken> {
    const mine = { id: tokenId, tokenable_id: userId, type: 'personal' }
    const row: TokenRow | null = await db.from(TABLE).where(mine).first()
    if (!row) {
      throw new TokenNotFound(tokenId)
    }
    return toToken(row)
  }

  /** False if the user has no such token. */
  async delete(userId: number, tokenId: number, trx?: TransactionClientContract): Promise<boolean> {
    const deleted = await (trx ?? db).from(TABLE).where({ id: tokenId, tokenable_id: userId }).delete()
    return Number(deleted) > 0
  }

  async deleteAllOf(userId: number, trx?: TransactionClientContract): Promise<void> {
    await (trx ?? db).from(TABLE).where('tokenable_id', userId).delete()
  }

  /** A request must neither fail nor wait for long because the note of its token's use could not be written. */
  async #touch(token: AccessToken, now: Date): Promise<void> {
    const id = Number(token.identifier)
    const isFresh = token.lastUsedAt && now.getTime() - token.lastUsedAt.getTime() < USE_GRAIN_MS
    if (isFresh || this.#beingTouched.has(id)) {
      return
    }
    this.#beingTouched.add(id)
    await inPassing(this.#noteUse(id, now))
  }

  async #noteUse(id: number, now: Date): Promise<void> {
    try {
      await db.from(TABLE).where({ id }).update({ last_used_at: now.toISOString() })
    } catch (error) {
      logger.warn({ err: error, tokenId: id }, 'last use of a token not written')
    } finally {
      this.#beingTouched.delete(id)
    }
  }
}

function toToken(row: TokenRow, secret?: Secret<string>): AccessToken {
  return new AccessToken({
    identifier: row.id,
    tokenableId: row.tokenable_id,
    type: row.type,
    name: row.name,
    hash: row.hash,
    abilities: JSON.parse(row.abilities),
    createdAt: toDate(row.created_at)!,
    updatedAt: toDate(row.updated_at)!,
    lastUsedAt: toDate(row.last_used_at),
    expiresAt: toDate(row.expires_at),
    ...(secret ? { prefix: PREFIX, secret } : {}),
  })
}

function toDate(value: unknown): Date | null {
  const iso = toIso(value)
  return iso === null ? null : new Date(iso)
}
