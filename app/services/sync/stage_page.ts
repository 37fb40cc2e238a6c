import { type ObservationPage } from '@laim/sdk'
import { isRejection, normalizeObservation, type Rejection } from '#core/reconcile/normalize_observation'
import { type NormalObservation } from '#core/reconcile/types'
import { type ExcludedAddresses } from '#core/reconcile/excluded_addresses'
import { type ReadCounts } from '#core/reconcile/reading'
import { type Reading } from './begin_reading.js'
import { loadStagedHashes } from './store/reading_queries.js'
import { type SqlClient } from './store/sql_client.js'
import {
  findOpenRecords,
  insertRecords,
  saveRejects,
  saveSeenBlocks,
  stageObservations,
  type KnownRecord,
} from './store/stage_queries.js'

export interface StageTarget {
  readonly runId: number
  readonly sourceId: number
  readonly mappingVersion: number
  readonly excluded: ExcludedAddresses
}

/** A page, or a part of one, in canonical form. */
export interface SortedPage {
  readonly usable: ReadonlyMap<string, NormalObservation>
  readonly rejections: readonly Rejection[]
  /** The reading can go on behind it. */
  readonly isCheckpoint: boolean
}

/**
 * Stores one page: unknown records, staged observations of those that changed, and at a checkpoint who was seen up to
 * there. One transaction.
 */
export async function stagePage(
  trx: SqlClient,
  target: StageTarget,
  { usable, isCheckpoint, ...page }: SortedPage,
  reading: Reading
): Promise<void> {
  const { seen, counts } = reading
  const rejections = [...page.rejections]
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

  const staged: StagedRecord[] = []
  const again: StagedRecord[] = []
  for (const [nativeId, observation] of usable) {
    const record = known.get(nativeId)
    const recordId = record?.id ?? idOf.get(nativeId)!
    if (!seen.add(recordId)) {
      again.push({ recordId, observation })
    } else if (record?.content_hash === observation.contentHash) {
      counts.unchanged += observation.partOf ? 0 : 1
    } else {
      staged.push({ recordId, observation })
    }
  }

  rejections.push(...(await findDuplicates(trx, target.runId, again, known, reading)))
  counts.rejected += rejections.length
  if (staged.length > 0) {
    reading.lastObservationId = await stageObservations(trx, target.runId, reading.readAt, staged)
  }
  await saveRejects(trx, target.runId, rejections)
  if (isCheckpoint) {
    await saveSeenBlocks(trx, target.runId, reading.attempt, seen.takeTouched())
  }
}

interface StagedRecord {
  readonly recordId: number
  readonly observation: NormalObservation
}

/**
 * Of records that were listed before in this reading, those that are listed twice. A plugin that goes on after a crash
 * may repeat what it listed before its checkpoint, once and with the same words: that is no duplicate, and counts once.
 */
async function findDuplicates(
  trx: SqlClient,
  runId: number,
  again: readonly StagedRecord[],
  known: ReadonlyMap<string, KnownRecord>,
  { repeatable, counts }: Reading
): Promise<Rejection[]> {
  const repeated = again.filter(({ recordId }) => repeatable.take(recordId))
  const ids = repeated.map(({ recordId }) => recordId)
  const stagedHashes = await loadStagedHashes(trx, runId, ids)

  const harmless = repeated.filter(({ recordId, observation }) => {
    const former = stagedHashes.get(recordId) ?? known.get(observation.nativeId)?.content_hash
    return former === observation.contentHash
  })
  counts.found -= harmless.filter(({ observation }) => !observation.partOf).length
  const duplicates = again.filter((record) => !harmless.includes(record))
  counts.isPartial ||= duplicates.length > 0
  return duplicates.map(({ observation }) => duplicate(observation.nativeId))
}

/** Normalises a page, which takes most of its time: do it before the transaction, which keeps other writers waiting. */
export function sortPage(
  page: Pick<ObservationPage, 'observations' | 'rejected'>,
  target: Pick<StageTarget, 'mappingVersion' | 'excluded'>,
  counts: ReadCounts
): Pick<SortedPage, 'usable' | 'rejections'> {
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
