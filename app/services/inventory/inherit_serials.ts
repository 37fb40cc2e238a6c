import { replan, type Replanning } from '#services/sync/replan'
import { heirsOfSerials } from '#services/sync/store/evidence_queries'
import { type SqlClient } from '#services/sync/store/sql_client'

/**
 * A serial that an asset gave up, because it was deleted or edited or its source says another one now, goes to the asset
 * that claims it too. Call it at the end of whatever may free a serial, in its transaction.
 */
export async function inheritSerials(
  trx: SqlClient,
  given: Pick<Replanning, 'now' | 'changeSetId'> & Partial<Pick<Replanning, 'watch'>>
): Promise<{ updated: number }> {
  const heirs = await heirsOfSerials(trx)
  if (heirs.length === 0) {
    return { updated: 0 }
  }
  const { now, changeSetId, watch = async () => undefined } = given
  return replan(trx, { recordIds: [], dirtyAssetIds: heirs, now, changeSetId, watch })
}
