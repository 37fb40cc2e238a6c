import { review } from '#core/reconcile/review'
import { type FoundComponents } from './find_components.js'
import { denyValues } from './store/denylist_queries.js'
import { openReviews } from './store/review_queries.js'
import { type SqlClient } from './store/sql_client.js'

/** Remembers values that too many devices carry, and tells people. */
export async function learnJunk(
  trx: SqlClient,
  by: { readonly runId: number | null; readonly sourceId: number | null; readonly now: string },
  junk: FoundComponents['junk']
): Promise<void> {
  if (junk.length === 0) {
    return
  }
  await denyValues(trx, junk, by.now)
  const questions = junk.map(({ kind, value, reason }) => ({
    ...review('junk_identifier', [], [], `${kind} ${value} is no evidence any more: ${reason}`, {
      value: { kind, value },
    }),
    dedupeKey: `junk_identifier:${kind}:${value}`.slice(0, 255),
    sourceId: by.sourceId,
  }))
  await openReviews(trx, by.runId, questions, by.now)
}
