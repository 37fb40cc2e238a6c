import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { type ClaimedField } from '#core/assets/asset'
import { survive } from '#core/reconcile/survive'
import { type Pin, type SourceRecord } from '#core/reconcile/types'
import { loadAssets, type StoredAsset } from '#services/sync/store/asset_queries'
import { recordIdsOf } from '#services/sync/store/link_queries'
import { loadRecords } from '#services/sync/store/record_queries'
import { selectRows } from '#services/sync/store/sql_client'
import { loadSurroundings } from './asset_transaction.js'
import { apiName } from './check_values.js'
import { survivalInput, type Surroundings } from './compute_asset.js'

/** A pin that keeps a field from what a source says. Field names are the API's. */
export interface HeldPin {
  readonly assetId: number
  readonly hostname: string
  readonly field: string
  /** The value that the pin keeps; null is "empty". */
  readonly value: string | null
  /** What the field would be without the pin, who says so, and since when. */
  readonly offered: string | null
  readonly source: string
  readonly since: string
  readonly until: Pin['until']
  readonly untilAt: string | null
  readonly reason: string | null
  readonly actor: string
  readonly setAt: string
}

const CHUNK = 200
/** Counts beyond this are only said to be more. */
const MOST_COUNTED = 10_000

/** What pins hold back: fields that would have another value by the rules, in the order of their assets. */
export class ListHeldPins {
  async handle({ limit, afterAssetId = 0 }: { limit: number; afterAssetId?: number }): Promise<HeldPin[]> {
    const held: HeldPin[] = []
    for await (const pins of this.#chunks(afterAssetId)) {
      held.push(...pins)
      if (held.length >= limit) {
        return wholeAssets(held, limit)
      }
    }
    return held
  }

  async count(): Promise<{ count: number; exact: boolean }> {
    let count = 0
    for await (const pins of this.#chunks(0)) {
      count += pins.length
      if (count > MOST_COUNTED) {
        return { count: MOST_COUNTED, exact: false }
      }
    }
    return { count, exact: true }
  }

  async *#chunks(afterAssetId: number): AsyncGenerator<HeldPin[]> {
    const now = DateTime.utc().toISO()
    for (let afterId = afterAssetId; ;) {
      const ids = await pinnedAssetIds(afterId)
      if (ids.length === 0) {
        return
      }
      afterId = ids.at(-1)!
      const assets = await loadAssets(db.connection(), ids)
      const records = await loadRecords(db.connection(), await recordIdsOf(db.connection(), ids), null)
      const surroundings = await loadSurroundings(db.connection(), records, [], now)
      const byAsset = Map.groupBy(records, (record) => record.assetId!)
      yield ids.flatMap((id) => heldPinsOf(assets.get(id)!, byAsset.get(id) ?? [], surroundings))
    }
  }
}

/** A page ends with an asset, so that its last asset id tells where the next one begins. */
function wholeAssets(held: readonly HeldPin[], limit: number): HeldPin[] {
  const last = held[limit - 1]!.assetId
  return held.filter((pin, index) => index < limit || pin.assetId === last)
}

/** Active assets that have pins and records, ascending. */
async function pinnedAssetIds(afterId: number): Promise<number[]> {
  const rows = await selectRows<{ id: number }>(
    db.connection(),
    `select a.id from assets a
     where a.id > ? and a.is_active and exists (select 1 from pins p where p.asset_id = a.id)
       and exists (select 1 from source_records r where r.asset_id = a.id)
     order by a.id limit ?`,
    [afterId, CHUNK]
  )
  return rows.map((row) => row.id)
}

function heldPinsOf(asset: StoredAsset, records: readonly SourceRecord[], surroundings: Surroundings): HeldPin[] {
  const decisions = survive(survivalInput(asset, records, asset.id, surroundings))
  return Object.entries(decisions).flatMap(([field, { pin, candidates }]) => {
    const offered = candidates.find((candidate) => candidate.outBecause === null)
    if (!pin || !offered || offered.value === pin.value) {
      return []
    }
    const { value, until, untilAt, reason, actor, setAt } = pin
    return [
      {
        assetId: asset.id,
        hostname: asset.view.hostname,
        field: apiName(field as ClaimedField),
        value,
        offered: offered.value,
        source: offered.source.name,
        since: offered.since,
        until,
        untilAt,
        reason,
        actor,
        setAt,
      },
    ]
  })
}
