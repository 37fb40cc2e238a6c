import { QueryClient } from '@adonisjs/lucid/database'
import { type QueryClientContract, type TransactionClientContract } from '@adonisjs/lucid/types/database'

type Work = (trx: TransactionClientContract) => Promise<unknown>
type Options = Parameters<QueryClientContract['transaction']>[0]

/**
 * Lets a transaction fail whose COMMIT fails: because the disk is full, the connection broke, or a constraint is looked at
 * last. knex resolves `commit()` all the same and tells only its `executionPromise`, which Lucid does not look at: the
 * caller would take for written what is lost. Changes the class of the clients, so that all connections are meant and none
 * is opened: a command that needs no database ends without one.
 */
export function makeCommitsSure(): void {
  const shared = QueryClient.prototype as { transaction: unknown }
  const begin = shared.transaction as (
    this: QueryClientContract,
    work: undefined,
    options?: Options
  ) => Promise<TransactionClientContract>

  shared.transaction = async function (this: QueryClientContract, first?: Work | Options, second?: Options) {
    const isManaged = typeof first === 'function'
    // Lucid reads the options in the second place, whatever stands in the first.
    const trx = sure(await begin.call(this, undefined, isManaged ? second : first))
    return isManaged ? manage(trx, first) : trx
  }
}

function sure(trx: TransactionClientContract): TransactionClientContract {
  const commit = trx.commit.bind(trx)
  trx.commit = async () => {
    await commit()
    await trx.knexClient.executionPromise
  }
  return trx
}

async function manage(trx: TransactionClientContract, work: Work): Promise<unknown> {
  try {
    const result = await work(trx)
    if (!trx.isCompleted) {
      await trx.commit()
    }
    return result
  } catch (error) {
    if (!trx.isCompleted) {
      await trx.rollback()
    }
    throw error
  }
}
