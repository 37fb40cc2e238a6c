import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { CLAIMED_FIELDS } from '#core/assets/asset'
import { survive, type FieldDecision } from '#core/reconcile/survive'
import { type Pin, type SourceRecord } from '#core/reconcile/types'
import { loadAssets, type StoredAsset } from '#services/sync/store/asset_queries'
import { recordIdsOf } from '#services/sync/store/link_queries'
import { loadRecords } from '#services/sync/store/record_queries'
import { selectRows } from '#services/sync/store/sql_client'
import { loadSurroundings } from './asset_transaction.js'
import { apiName } from './check_values.js'
import { survivalInput, type Surroundings } from './compute_asset.js'

/** A pin that locks a field of an asset which sources know. Field names are the API's. */
export interface PinView {
  readonly assetId: number
  readonly hostname: string
  readonly field: string
  /** The value that the pin keeps; null is "empty". */
  readonly value: string | null
  readonly until: Pin['until']
  readonly untilAt: string | null
  readonly reason: string | null
  readonly actor: string
  readonly setAt: string
  /** What the field would be without the pin, who says so, and since when; null when the same. */
  readonly held: { readonly value: string | null; readonly source: string; readonly since: string } | null
}

/** A pin that keeps a field from what a source says. */
export type HeldPin = PinView & { readonly held: NonNullable<PinView['held']> }

/** Which pins are meant: of a field, that hold back a source, or anything at all. */
export interface PinFilter {
  /** The API's name. */
  readonly field?: string
  readonly source?: string
  readonly isHeld?: boolean
}

/** A pin among all of them, which are in the order of their assets and, of one, in that of its fields. */
export type PinPlace = Pick<PinView, 'assetId' | 'field'>

interface PinPage {
  readonly limit: number
  /** Only pins behind this place. */
  readonly after?: PinPlace
}

const FIELDS = CLAIMED_FIELDS.map((field) => apiName(field))

const CHUNK = 200
/** Counts beyond this are only said to be more. */
const MOST_COUNTED = 10_000

/** Pins of assets that sources know, and what they hold back, in the order of their assets. */
export class ListPins {
  async handle({ limit, after, ...filter }: PinFilter & PinPage): Promise<PinView[]> {
    const found: PinView[] = []
    for await (const pins of this.#chunks(after ? after.assetId - 1 : 0)) {
      found.push(...pins.filter((pin) => isMeant(pin, filter) && (!after || isBehind(pin, after))))
      if (found.length >= limit) {
        return found.slice(0, limit)
      }
    }
    return found
  }

  /** Those that hold something back. */
  async held(page: Omit<PinFilter, 'isHeld'> & PinPage): Promise<HeldPin[]> {
    const pins = await this.handle({ ...page, isHeld: true })
    return pins.filter((pin): pin is HeldPin => pin.held !== null)
  }

  async count(filter: PinFilter): Promise<{ count: number; exact: boolean }> {
    let count = 0
    for await (const pins of this.#chunks(0)) {
      count += pins.filter((pin) => isMeant(pin, filter)).length
      if (count > MOST_COUNTED) {
        return { count: MOST_COUNTED, exact: false }
      }
    }
    return { count, exact: true }
  }

  async *#chunks(afterAssetId: number): AsyncGenerator<PinView[]> {
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
      yield ids.flatMap((id) => pinsOf(assets.get(id)!, byAsset.get(id) ?? [], surroundings))
    }
  }
}

/** In the order in which the fields of an asset are listed. */
function isBehind({ assetId, field }: PinPlace, place: PinPlace): boolean {
  return assetId === place.assetId ? FIELDS.indexOf(field) > FIELDS.indexOf(place.field) : assetId > place.assetId
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

function pinsOf(asset: StoredAsset, records: readonly SourceRecord[], surroundings: Surroundings): PinView[] {
  const decisions = survive(survivalInput(asset, records, asset.id, surroundings))
  return CLAIMED_FIELDS.flatMap((field) => {
    const decision = decisions[field]
    if (!decision.pin) {
      return []
    }
    const { value, until, untilAt, reason, actor, setAt } = decision.pin
    const held = heldBackBy(decision)
    const head = { assetId: asset.id, hostname: asset.view.hostname, field: apiName(field) }
    return [{ ...head, value, until, untilAt, reason, actor, setAt, held }]
  })
}

/** What a field would be without its pin; null without a pin, or when nothing would change. */
export function heldBackBy({ pin, candidates }: FieldDecision): PinView['held'] {
  const offered = candidates.find((candidate) => candidate.outBecause === null)
  return pin && offered && offered.value !== pin.value
    ? { value: offered.value, source: offered.source.name, since: offered.since }
    : null
}

function isMeant({ field, held }: PinView, filter: PinFilter): boolean {
  return (
    (filter.field === undefined || filter.field === field) &&
    (filter.source === undefined || filter.source === held?.source) &&
    (!filter.isHeld || held !== null)
  )
}
