import { createHash } from 'node:crypto'
import { type AssetChange } from './plan_change.js'
import { type SourceRecord } from './types.js'

/** One asset's part of a plan, as a person sees and approves it. */
export interface PlanRow {
  /**
   * The same asset, or the same records of an asset that is to be made, have the same key in every planning. Records by
   * what their source calls them: one that replaces another has an id of its own only when it is written.
   */
  readonly key: string
  readonly assetId: number | null
  readonly action: AssetChange['action']
  readonly baseRevision: number
  readonly before: Record<string, unknown>
  readonly after: Record<string, unknown>
  readonly reason: string | null
}

type ReportedAs = Pick<SourceRecord, 'sourceId' | 'nativeId'>

export function toPlanRow(change: AssetChange, createdFrom: readonly ReportedAs[]): PlanRow {
  const records = createdFrom.map(({ sourceId, nativeId }) => JSON.stringify([sourceId, nativeId])).sort()
  const parties = createHash('sha256').update(records.join(',')).digest('base64url').slice(0, 22)
  return {
    key: change.assetId === null ? `new:${parties}` : `asset:${change.assetId}`,
    assetId: change.assetId,
    action: change.action,
    baseRevision: change.baseRevision,
    before: change.before,
    after: change.after,
    reason: change.reason,
  }
}

/** Stands for exactly these rows in this order: what is approved by it is what is applied. */
export function planHash(rows: readonly PlanRow[]): string {
  const hash = createHash('sha256')
  for (const row of rows) {
    hash.update(rowText(row))
  }
  return hash.digest('base64url')
}

/** True when a row says the same as the one that was planned, about the same revision. */
export function isSameRow(a: PlanRow, b: PlanRow): boolean {
  return rowText(a) === rowText(b)
}

function rowText({ key, action, baseRevision, before, after }: PlanRow): string {
  return JSON.stringify([key, action, baseRevision, sorted(before), sorted(after)])
}

function sorted(values: Record<string, unknown>): [string, unknown][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
}
