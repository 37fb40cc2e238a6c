import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { writeAlone } from './asset_transaction.js'

class RolledBack<T> extends Error {
  constructor(readonly outcome: T) {
    super('dry run')
  }
}

/** Does a person's change alone; in a dry run everything is done, answered and rolled back. */
export async function writeOrPreview<T>(
  isDryRun: boolean,
  work: (trx: TransactionClientContract, now: string) => Promise<T>
): Promise<T> {
  try {
    return await writeAlone(async (trx, now) => {
      const outcome = await work(trx, now)
      if (isDryRun) {
        throw new RolledBack(outcome)
      }
      return outcome
    })
  } catch (error) {
    if (error instanceof RolledBack) {
      return error.outcome as T
    }
    throw error
  }
}
