import db from '@adonisjs/lucid/services/db'
import User from '#models/user'

export interface UserPage {
  readonly users: User[]
  readonly total: number
  /** The last id of this page if there are more; null on the last page. */
  readonly nextAfterId: number | null
}

/** All accounts in the order in which they were made, also those switched off. */
export class ListUsers {
  async handle({ limit, afterId = 0 }: { limit: number; afterId?: number }): Promise<UserPage> {
    const found = await User.query()
      .where('id', '>', afterId)
      .orderBy('id')
      .limit(limit + 1)
    const users = found.slice(0, limit)
    const counted = await db.from('users').count('* as total').first()

    return {
      users,
      total: Number(counted.total),
      nextAfterId: found.length > limit ? (users.at(-1)?.id ?? null) : null,
    }
  }
}
