import db from '@adonisjs/lucid/services/db'
import { fromJson } from '#database/columns'
import { insertRows } from '#services/sync/store/bulk_sql'
import { execute, selectRows } from '#services/sync/store/sql_client'
import { KeyInUse, KeyReused } from './errors.js'

/** An answer as it was given: body is JSON text. */
export interface KeptAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

interface Row {
  request_hash: string
  status: number | null
  headers: unknown
  body: string | null
}

const KEPT_MS = 24 * 60 * 60 * 1000
/** A request that has not answered by then never will: its process ended. */
const ABANDONED_MS = 10 * 60 * 1000

/** The keys under which people sent requests, each with the answer that it got. */
export class IdempotencyKeys {
  /**
   * Claims a key for a request. Null: it is new, so do the request and `keep` or `release`; else the answer it got.
   *
   * @throws KeyReused, KeyInUse
   */
  async claim(userId: number, key: string, requestHash: string): Promise<KeptAnswer | null> {
    const client = db.connection()
    const [now, kept, abandoned] = [0, KEPT_MS, ABANDONED_MS].map((ms) => new Date(Date.now() - ms).toISOString())
    await execute(client, 'delete from idempotency_keys where created_at < ? or (status is null and created_at < ?)', [
      kept,
      abandoned,
    ])
    const [known] = await this.#find(userId, key)
    if (!known) {
      return this.#insert(userId, key, requestHash, now!)
    }
    return answerOf(known, requestHash)
  }

  /** Remembers what the request was answered. */
  async keep(userId: number, key: string, { status, headers, body }: KeptAnswer): Promise<void> {
    await execute(
      db.connection(),
      'update idempotency_keys set status = ?, headers = ?, body = ? where user_id = ? and key = ?',
      [status, JSON.stringify(headers), body, userId, key]
    )
  }

  /** Forgets a key whose request did nothing. */
  async release(userId: number, key: string): Promise<void> {
    await execute(db.connection(), 'delete from idempotency_keys where user_id = ? and key = ?', [userId, key])
  }

  async #insert(userId: number, key: string, requestHash: string, now: string): Promise<null> {
    const columns = { user_id: 'int', key: 'text', request_hash: 'text', created_at: 'time' } as const
    const row = { user_id: userId, key, request_hash: requestHash, created_at: now }
    try {
      await insertRows(db.connection(), 'idempotency_keys', columns, [row])
      return null
    } catch (error) {
      const [rival] = await this.#find(userId, key)
      if (rival) {
        throw new KeyInUse()
      }
      throw error
    }
  }

  async #find(userId: number, key: string): Promise<Row[]> {
    return selectRows<Row>(
      db.connection(),
      'select request_hash, status, headers, body from idempotency_keys where user_id = ? and key = ?',
      [userId, key]
    )
  }
}

function answerOf({ request_hash, status, headers, body }: Row, requestHash: string): KeptAnswer {
  if (request_hash !== requestHash) {
    throw new KeyReused()
  }
  if (status === null) {
    throw new KeyInUse()
  }
  return { status, headers: fromJson(headers), body }
}
