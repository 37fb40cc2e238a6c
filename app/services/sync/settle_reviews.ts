import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { bulkSql } from './store/bulk_sql.js'
import { selectRows, type SqlClient } from './store/sql_client.js'
import { closeReviews, openHoldReviews } from './store/review_queries.js'
import { renewRun, type OwnedRun } from './store/run_queries.js'
import { tickClock } from './store/write_clock.js'

/** Closes the questions about records of which none is held any more. */
export async function closeAnsweredReviews(db: QueryClientContract, run: OwnedRun, now: string): Promise<void> {
  const reviews = await openHoldReviews(db)
  if (reviews.length === 0) {
    return
  }
  const held = await heldAmong(
    db,
    reviews.flatMap((review) => review.recordIds)
  )
  const answered = reviews.filter((review) => !review.recordIds.some((id) => held.has(id)))
  if (answered.length > 0) {
    await db.transaction(async (trx) => {
      await tickClock(trx)
      await renewRun(trx, run)
      await closeReviews(
        trx,
        answered.map((review) => review.id),
        now
      )
    })
  }
}

/** Records of a source that wait for a person. */
export async function countHeld(client: SqlClient, sourceId: number): Promise<number> {
  const [row] = await selectRows<{ total: number }>(
    client,
    `select cast(count(*) as integer) as total from source_records
     where source_id = ? and link_state = 'held' and closed_at is null`,
    [sourceId]
  )
  return row?.total ?? 0
}

async function heldAmong(client: SqlClient, recordIds: readonly number[]): Promise<Set<number>> {
  const rows = await selectRows<{ id: number }>(
    client,
    `select r.id from ${bulkSql(client).rows('w', { id: 'int' })}
     cross join source_records r where r.id = w.id and r.link_state = 'held' and r.closed_at is null`,
    [JSON.stringify(recordIds.map((id) => ({ id })))]
  )
  return new Set(rows.map((row) => row.id))
}
