import { type ObservationPage } from '@laim/sdk'
import { isRejection, normalizeObservation, type Rejection } from '#core/reconcile/normalize_observation'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { type NormalObservation } from '#core/reconcile/types'
import { type ExcludedAddresses } from '#core/reconcile/excluded_addresses'
import { type SqlClient } from './store/sql_client.js'
import {
  findOpenRecords,
  insertRecords,
  saveRejects,
  saveSeenBlocks,
  stageObservations,
} from './store/stage_queries.js'

/** What a reading counted so far. Members of a stack are observations, but no devices of their own in the list. */
export interface ReadCounts {
  found: number
  unchanged: number
  excluded: number
  rejected: number
  isPartial: boolean
}

export interface StageTarget {
  readonly runId: number
  readonly attempt: number
  readonly sourceId: number
  readonly mappingVersion: number
  readonly readAt: string
  readonly excluded: ExcludedAddresses
}

/** Stores one page: unknown records, staged observations of those that changed, and who was seen. One transaction. */
export async function stagePage(
  trx: SqlClient,
  target: StageTarget,
  page: Pick<ObservationPage, 'observations' | 'rejected'>,
  seen: SeenRecords,
  counts: ReadCounts
): Promise<void> {
  const { usable, rejections } = sortPage(page, target, counts)
  const known = await findOpenRecords(trx, target.sourceId, [...usable.keys(), ...rejectedIds(rejections)])

  for (const nativeId of rejectedIds(rejections)) {
    const record = known.get(nativeId)
    if (record) {
      seen.add(record.id)
    }
  }

  const unknown = [...usable.keys()].filter((nativeId) => !known.has(nativeId))
  const ids = unknown.length > 0 ? await insertRecords(trx, target.sourceId, target.runId, unknown) : []
  const idOf = new Map(unknown.map((nativeId, index) => [nativeId, ids[index]!]))

  const staged: { recordId: number; observation: NormalObservation }[] = []
  for (const [nativeId, observation] of usable) {
    const record = known.get(nativeId)
    const recordId = record?.id ?? idOf.get(nativeId)!
    if (!seen.add(recordId)) {
      rejections.push(duplicate(nativeId))
      counts.isPartial = true
    } else if (record?.content_hash === observation.contentHash) {
      counts.unchanged += observation.partOf ? 0 : 1
    } else {
      staged.push({ recordId, observation })
    }
  }

  counts.rejected += rejections.length
  if (staged.length > 0) {
    await stageObservations(trx, target.runId, target.readAt, staged)
  }
  await saveRejects(trx, target.runId, rejections)
  await saveSeenBlocks(trx, target.runId, target.attempt, seen.takeTouched())
}

function sortPage(
  page: Pick<ObservationPage, 'observations' | 'rejected'>,
  target: StageTarget,
  counts: ReadCounts
): { usable: Map<string, NormalObservation>; rejections: Rejection[] } {
  const usable = new Map<string, NormalObservation>()
  const rejections: Rejection[] = (page.rejected ?? []).map((reject) => ({
    nativeId: reject.nativeId ?? null,
    code: reject.code,
    message: reject.message,
  }))
  counts.found += rejections.length
  for (const observation of page.observations) {
    counts.found += observation.partOf ? 0 : 1
    const normal = normalizeObservation(observation, target.mappingVersion)
    if (isRejection(normal)) {
      rejections.push(normal)
    } else if (target.excluded.has(normal)) {
      counts.excluded++
    } else if (usable.has(normal.nativeId)) {
      rejections.push(duplicate(normal.nativeId))
      counts.isPartial = true
    } else {
      usable.set(normal.nativeId, normal)
    }
  }
  return { usable, rejections }
}

function duplicate(nativeId: string): Rejection {
  const message = 'The source listed this record twice in one reading; the first one counts'
  return { nativeId, code: 'E_DUPLICATE_NATIVE_ID', message }
}

function rejectedIds(rejections: readonly Rejection[]): string[] {
  return rejections.flatMap(({ nativeId }) => nativeId ?? [])
}
