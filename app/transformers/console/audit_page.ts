import { type AuditEntry, type AuditQuery } from '#services/audit/list_audit'
import { type AuditAction } from '#services/audit/record_audit'
import { AUDIT_WORDS } from './audit_words.js'
import { toExactTime } from './moment.js'

export const AUDIT_PER_PAGE = 100

/** What the address of the page says. Days are UTC, `from` and `to` both included. */
export interface AuditPageQuery {
  readonly actor?: string
  readonly action?: AuditAction
  readonly from?: string
  readonly to?: string
}

const DAY_MS = 86_400_000
const LONGEST_NAME = 64

/** Reads the query string of the page. What it cannot mean is left out. */
export function readAuditPageQuery({ actor, action, from, to }: Record<string, unknown>): AuditPageQuery {
  return {
    actor: typeof actor === 'string' && actor.trim() !== '' ? actor.trim().slice(0, LONGEST_NAME) : undefined,
    action: (Object.keys(AUDIT_WORDS) as AuditAction[]).find((name) => name === action),
    from: readDay(from),
    to: readDay(to),
  }
}

export function toAuditQuery({ actor, action, from, to }: AuditPageQuery): Omit<AuditQuery, 'limit'> {
  return {
    actor,
    action,
    from: from && new Date(from).toISOString(),
    until: to && new Date(Date.parse(to) + DAY_MS).toISOString(),
  }
}

/** A page of the audit; `entries` holds one more than fits if there are older ones. */
export function toAuditPage(entries: readonly AuditEntry[], query: AuditPageQuery, beforeId: number | undefined) {
  const page = entries.slice(0, AUDIT_PER_PAGE)
  const last = page.at(-1)
  return {
    query,
    rows: page.map((entry) => toRow(entry)),
    isNarrowed: Object.values(query).some((value) => value !== undefined),
    actions: {
      name: 'action',
      label: 'What was done',
      value: query.action ?? '',
      options: [
        { value: '', label: 'Anything' },
        ...Object.entries(AUDIT_WORDS).map(([value, label]) => ({ value, label })),
      ],
    },
    newestHref: beforeId === undefined ? null : auditUrl(query),
    olderHref: entries.length > AUDIT_PER_PAGE && last ? auditUrl(query, last.id) : null,
  }
}

function auditUrl(query: AuditPageQuery, before?: number): string {
  const given = Object.entries({ ...query, before: before?.toString() }).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '/audit' : `/audit?${new URLSearchParams(given as [string, string][])}`
}

function toRow({ at, action, actor, address, target, detail }: AuditEntry) {
  return {
    at,
    exact: toExactTime(at).slice(0, -4),
    what: AUDIT_WORDS[action] ?? action,
    isRefusal: action === 'access.denied' || action.endsWith('_failed') || action.endsWith('_refused'),
    actor: actor === '' ? null : actor,
    actorHref: auditUrl({ actor }),
    address,
    target: target === null ? null : { text: toTargetText(target), href: toTargetHref(target) },
    details: toDetails(detail),
  }
}

function toTargetText(target: string): string {
  return /^(?:user|run|webhook|token|delivery) \d+$/.test(target)
    ? target.charAt(0).toUpperCase() + target.slice(1)
    : target
}

/** The page of what it was done to; null where there is none. What was deleted since answers so. */
function toTargetHref(target: string): string | null {
  const [, kind, id] = /^(user|run|webhook) (\d+)$/.exec(target) ?? []
  if (kind === undefined) {
    return null
  }
  return kind === 'user' ? `/users/${id}/edit` : `/${kind}s/${id}`
}

/** What else is known, as names and values; what changed has its old value, too. */
function toDetails({ before, after, ...rest }: Record<string, unknown>) {
  const old = toRecord(before)
  const changed = Object.entries(toRecord(after)).map(([name, value]) => ({
    name: toWords(name),
    before: toText(old[name]),
    value: toText(value),
  }))
  const plain = Object.entries(rest)
    .map(([name, value]) => ({ name: toWords(name), before: null, value: toText(value) }))
    .filter(({ value }) => value !== NONE)
  return [...changed, ...plain]
}

const NONE = '–'
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

function toText(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? NONE : value.map(toText).join(', ')
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined)
    return parts.length === 0 ? NONE : parts.map(([name, part]) => `${toWords(name)} ${toText(part)}`).join(', ')
  }
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no'
  }
  if (value === null || value === undefined || value === '') {
    return NONE
  }
  const text = String(value)
  return ISO_TIME.test(text) ? toExactTime(text) : text
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** `expires_at`, `isActive` as people write them: `expires at`, `is active`. */
function toWords(name: string): string {
  return name
    .replaceAll('_', ' ')
    .replace(/[a-z](?=[A-Z])/g, '$& ')
    .toLowerCase()
}

function readDay(text: unknown): string | undefined {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
    ? text
    : undefined
}
