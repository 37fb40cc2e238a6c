import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { fromJson, toIso } from '#database/columns'
import { CLAIMED_FIELDS, PERSON_FIELDS, type ClaimedField } from '#core/assets/asset'
import { survive, type Candidate, type FieldDecision, type FieldRule } from '#core/reconcile/survive'
import { bulkSql } from '#services/sync/store/bulk_sql'
import { selectRows } from '#services/sync/store/sql_client'
import { apiName } from './check_values.js'
import { loadKnownAsset, loadSurroundings } from './asset_transaction.js'
import { survivalInput } from './compute_asset.js'
import { heldBackBy, type PinView } from './list_pins.js'

/** What one source claims for a field, and whether it counts. */
export interface ExplainedClaim {
  readonly source: string
  /** What splitting the asset is asked with. */
  readonly recordId: number
  readonly nativeId: string
  readonly href: string | null
  readonly value: string | null
  readonly since: string
  /** The run that read it first; null when its row is gone. */
  readonly runId: number | null
  /** `released`: its source is not read any more, and what it said last stays. */
  readonly presence: 'present' | 'missing' | 'closed' | 'released'
  readonly used: boolean
  /** A sentence. */
  readonly why: string
}

/** Why a field has its value. Field names are the API's. */
export interface FieldExplanation {
  readonly field: string
  readonly value: string | null
  readonly winner: {
    readonly kind: 'pin' | 'claim' | 'person' | 'none'
    readonly source: string | null
    readonly nativeId: string | null
    readonly actor: string | null
  }
  readonly rule: FieldRule | 'person'
  readonly since: string | null
  /** The run that read the winning claim first; null for what a person said, and when its row is gone. */
  readonly runId: number | null
  readonly contested: boolean
  readonly claims: readonly ExplainedClaim[]
  readonly pin: {
    readonly value: string | null
    /** `always`, `source_change`, or the time in ISO 8601. */
    readonly until: string
    readonly reason: string | null
    readonly actor: string
    readonly setAt: string
  } | null
  /** What the pin holds back: what the field would be without it. */
  readonly held: PinView['held']
}

/** Explains every field of an asset by deciding it again from its records and pins: nothing about it is stored. */
export class ExplainAsset {
  async handle(id: number): Promise<FieldExplanation[]> {
    const { asset, records } = await loadKnownAsset(db.connection(), id)
    const surroundings = await loadSurroundings(db.connection(), records, [], DateTime.utc().toISO())
    const decisions = survive(survivalInput(asset, records, id, surroundings))
    const typed = await lastTyped(id)
    const runOf = await runsOfClaims(Object.values(decisions).flatMap(({ candidates }) => candidates))
    return [
      ...CLAIMED_FIELDS.map((field) => explainClaimed(field, decisions[field], asset.view[field], runOf)),
      ...PERSON_FIELDS.map((field) => {
        const entry = typed.get(field)
        const value = asset.view[field]
        const kind = value === null ? ('none' as const) : ('person' as const)
        return {
          field: apiName(field),
          value,
          winner: { kind, source: null, nativeId: null, actor: entry?.actor ?? null },
          rule: value === null ? ('none' as const) : ('person' as const),
          since: entry?.at ?? null,
          runId: null,
          contested: false,
          claims: [],
          pin: null,
          held: null,
        }
      }),
    ]
  }
}

type RunOf = (candidate: Candidate) => number | null

function explainClaimed(
  field: ClaimedField,
  decision: FieldDecision,
  value: string | null,
  runOf: RunOf
): FieldExplanation {
  const { winner, pin, candidates } = decision
  return {
    field: apiName(field),
    value,
    winner: {
      kind: pin ? 'pin' : winner ? 'claim' : 'none',
      source: winner?.source.name ?? null,
      nativeId: winner?.record.nativeId ?? null,
      actor: pin?.actor ?? null,
    },
    rule: decision.rule,
    since: pin?.setAt ?? winner?.since ?? null,
    runId: pin || !winner ? null : runOf(winner),
    contested: decision.isContested,
    claims: candidates.map((candidate) => explainClaim(candidate, decision, runOf)),
    pin: pin && {
      value: pin.value,
      until: pin.untilAt ?? pin.until,
      reason: pin.reason,
      actor: pin.actor,
      setAt: pin.setAt,
    },
    held: heldBackBy(decision),
  }
}

function explainClaim(candidate: Candidate, decision: FieldDecision, runOf: RunOf): ExplainedClaim {
  const { record, source } = candidate
  const used = candidate === decision.winner
  return {
    source: source.name,
    recordId: record.id,
    nativeId: record.nativeId,
    href: record.observation.href,
    value: candidate.value,
    since: candidate.since,
    runId: runOf(candidate),
    presence: presenceOf(candidate),
    used,
    why: candidate.outBecause ?? (used ? whyUsed(decision.rule) : whyNot(candidate, decision)),
  }
}

function presenceOf({ record, source }: Candidate): ExplainedClaim['presence'] {
  if (record.closedAt !== null) {
    return 'closed'
  }
  if (!source.isRead) {
    return 'released'
  }
  return record.missedRuns > 0 ? 'missing' : 'present'
}

function whyUsed(rule: FieldRule): string {
  switch (rule) {
    case 'precedence':
      return 'its source ranks first'
    case 'recency':
      return 'it is the newer of two claims of equal rank'
    case 'tie':
      return 'it comes first among claims of equal rank and age'
    case 'classified':
      return 'told by what the source says about the device'
    case 'only':
    case 'pin':
    case 'none':
      return 'nobody else claims the field'
  }
}

function whyNot(candidate: Candidate, { pin, winner }: FieldDecision): string {
  if (pin) {
    return `pinned by ${pin.actor}`
  }
  return candidate.value === winner?.value ? 'says the same' : `${winner?.source.name} ranks before it`
}

/** Which run read each claim first: runs of a source never overlap, so it is the last that had begun by then. */
async function runsOfClaims(candidates: readonly Candidate[]): Promise<RunOf> {
  const keyOf = ({ source, since }: Candidate) => `${source.id} ${since}`
  const wanted = new Map(
    candidates.map((one) => [keyOf(one), { key: keyOf(one), source: one.source.id, since: one.since }])
  )
  const client = db.connection()
  const rows = await selectRows<{ key: string; run_id: number | null }>(
    client,
    `select w.key, (select max(r.id) from sync_runs r where r.source_id = w.source and r.started_at <= w.since) as run_id
     from ${bulkSql(client).rows('w', { key: 'text', source: 'int', since: 'time' })}`,
    [JSON.stringify([...wanted.values()])]
  )
  const runs = new Map(rows.map((row) => [row.key, row.run_id]))
  return (candidate) => runs.get(keyOf(candidate)) ?? null
}

/** Who last wrote the fields that only people write, from the history. */
async function lastTyped(id: number): Promise<Map<string, { actor: string; at: string }>> {
  const rows = await selectRows<{ after: unknown; actor: string; created_at: unknown }>(
    db.connection(),
    `select c.after, s.actor, s.created_at from changes c join change_sets s on s.id = c.change_set_id
     where c.asset_id = ? and s.run_id is null order by c.id desc limit 200`,
    [id]
  )
  const typed = new Map<string, { actor: string; at: string }>()
  for (const row of rows) {
    for (const field of Object.keys(fromJson<Record<string, unknown>>(row.after))) {
      if (!typed.has(field)) {
        typed.set(field, { actor: row.actor, at: toIso(row.created_at)! })
      }
    }
  }
  return typed
}
