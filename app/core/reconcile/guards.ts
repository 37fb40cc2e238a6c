import { type PlanRow } from './plan_row.js'

/** Why a plan waits for a person although nobody asked for a plan. */
export interface TrippedGuard {
  readonly guard: 'blast' | 'flood' | 'renumber'
  readonly sentence: string
}

export interface PlanContext {
  readonly source: string
  /** Devices of the last accepted complete run; null before the first, when nothing is suspicious. */
  readonly baseline: number | null
  /** Records that the source listed for the first time in this run. */
  readonly newRecords: number
  /** Records that it listed before, and does not any more. */
  readonly absentRecords: number
}

const IDENTITY_FIELDS = ['hostname', 'serialNumber', 'macAddress']
const REPLACED_SHARE = 0.2
const SAME_VALUE_SHARE = 0.3
const RENUMBERED_SHARE = 0.3
const FLOOD_SHARE = 0.5
const FLOOD_FLOOR = 100
/** Shares of very small sources mean nothing. */
const FLOOR = 10

/** Looks for the marks of a source gone wrong in what a run is about to write. */
export function judgePlan(rows: readonly PlanRow[], context: PlanContext): TrippedGuard[] {
  const { source, baseline } = context
  if (baseline === null || baseline === 0) {
    return []
  }
  const exceeds = (count: number, share: number) => count > Math.max(baseline * share, FLOOR)
  const guards: TrippedGuard[] = []

  for (const field of IDENTITY_FIELDS) {
    const replaced = rows.filter((row) => isReplaced(row, field)).length
    if (exceeds(replaced, REPLACED_SHARE)) {
      const sentence = `${source} would replace the ${field} of ${replaced} of ${baseline} devices`
      guards.push({ guard: 'blast', sentence })
    }
  }
  const [common, count] = mostCommonReplacement(rows)
  if (common && exceeds(count, SAME_VALUE_SHARE)) {
    guards.push({ guard: 'blast', sentence: `${source} would set ${common} on ${count} of ${baseline} devices` })
  }
  const created = rows.filter((row) => row.action === 'create').length
  if (created > Math.max(baseline * FLOOD_SHARE, FLOOD_FLOOR)) {
    guards.push({ guard: 'flood', sentence: `${source} would add ${created} devices to the ${baseline} it had` })
  }
  if (exceeds(context.newRecords, RENUMBERED_SHARE) && exceeds(context.absentRecords, RENUMBERED_SHARE)) {
    const sentence = `${source} lists ${context.newRecords} devices under new keys and ${context.absentRecords} no more: it seems to be rebuilt`
    guards.push({ guard: 'renumber', sentence })
  }
  return guards
}

/** Another value takes the place of one that was there. */
function isReplaced({ before, after }: PlanRow, field: string): boolean {
  const [was, is] = [before[field], after[field]]
  return was !== null && was !== undefined && is !== null && is !== undefined
}

/** The value that most rows take on in place of another, firmware apart: that moves on everywhere at once. */
function mostCommonReplacement(rows: readonly PlanRow[]): [string | null, number] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    for (const [field, value] of Object.entries(row.after)) {
      if (typeof value === 'string' && FIELDS_OF_DEVICES.has(field) && isReplaced(row, field)) {
        const key = `${field} "${value}"`
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
  }
  let most: [string | null, number] = [null, 0]
  for (const [key, count] of counts) {
    most = count > most[1] ? [key, count] : most
  }
  return most
}

const FIELDS_OF_DEVICES = new Set([
  'hostname',
  'serialNumber',
  'macAddress',
  'ipAddress',
  'vendor',
  'model',
  'assetType',
])
