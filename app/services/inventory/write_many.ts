import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type Actor } from '#core/assets/asset'
import { writeAlone } from './asset_transaction.js'
import { type Author } from './person_edit.js'
import { openChangeSet } from './change_set.js'

/** One change set that is opened when the first row is written. */
export interface ManyWriter {
  readonly trx: TransactionClientContract
  readonly author: Author
  readonly openSet: () => Promise<number>
}

interface Outcome<T> {
  readonly value: T
  /** Null in a dry run, and when nothing was written. */
  readonly changeSetId: number | null
}

class RolledBack<T> extends Error {
  constructor(readonly value: T) {
    super('rolled back')
  }
}

/**
 * Writes many assets as one change set in one transaction. When `keeps` says no, of a dry run or of a result with
 * faults, all of it is rolled back: a plan is what the very code would have written.
 */
export async function writeMany<T>(
  head: { readonly kind: 'bulk_edit' | 'import'; readonly actor: Actor; readonly reason: string | null },
  work: (writer: ManyWriter) => Promise<T>,
  keeps: (value: T) => boolean
): Promise<Outcome<T>> {
  const { kind, actor, reason } = head
  try {
    return await writeAlone(async (trx, now) => {
      let changeSetId: number | null = null
      const openSet = async () =>
        (changeSetId ??= await openChangeSet(
          trx,
          { kind, runId: null, userId: actor.userId, actor: actor.name, reason },
          now
        ))
      const value = await work({ trx, author: { actor, reason, now }, openSet })
      if (!keeps(value)) {
        throw new RolledBack(value)
      }
      return { value, changeSetId }
    })
  } catch (error) {
    if (error instanceof RolledBack) {
      return { value: error.value as T, changeSetId: null }
    }
    throw error
  }
}
