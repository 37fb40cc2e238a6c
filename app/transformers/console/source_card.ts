import { type SourceCheck } from '#services/sources/check_source'
import { type SourceView } from '#services/sources/list_sources'
import { toHealthLook } from './looks.js'

interface Pair {
  readonly label: string
  readonly at?: string | null
  readonly href?: string
  readonly text?: string
}

const STEP_LABELS: Record<string, string> = {
  settings: 'Settings',
  resolve: 'Name',
  tls: 'Encryption',
  connect: 'Connection',
  authenticate: 'Sign-in',
  authorize: 'Permission',
  read_sample: 'Reading',
  check: 'Test',
}

const STEP_ICONS = { pass: 'check', warn: 'alert', fail: 'close', skip: 'skip' } as const

/** A source as its card shows it. */
export function toSourceCard(source: SourceView) {
  const health = toHealthLook(source.health)
  return {
    name: source.name,
    label: source.label,
    subtitle: `${source.name}${source.isSimulated ? ', simulated lab' : ''}, rank ${source.rank}`,
    isConfigured: source.isConfigured && source.isEnabled,
    health: source.isEnabled ? health : { ...health, word: 'Switched off', className: 'dot-none' },
    pairs: toPairs(source),
  }
}

function toPairs(source: SourceView): Pair[] {
  const { healthMessage, healthSince, lastRun, lastCompletedAt, nextRunAt, devices, settings, isSimulated } = source
  const { baseUrl } = settings
  return [
    ...(healthMessage ? [{ label: 'State', text: healthMessage }] : []),
    ...(healthMessage && healthSince ? [{ label: 'Since', at: healthSince }] : []),
    { label: 'Devices and members', text: devices.toLocaleString('en') },
    lastCompletedAt ? { label: 'Last good run', at: lastCompletedAt } : { label: 'Last good run', text: 'never' },
    ...(lastRun
      ? [{ label: 'Last run', at: lastRun.completedAt ?? lastRun.queuedAt, href: `/runs/${lastRun.id}` }]
      : []),
    nextRunAt ? { label: 'Next run', at: nextRunAt } : { label: 'Next run', text: 'not scheduled' },
    ...(typeof baseUrl === 'string' ? [{ label: 'Address', text: baseUrl }] : []),
    ...Object.entries(settings).flatMap(([key, value]) =>
      isSecret(value) && !isSimulated ? [secretPair(key, value)] : []
    ),
  ]
}

function isSecret(value: unknown): value is { readonly set: boolean } {
  return typeof value === 'object' && value !== null
}

function secretPair(key: string, { set }: { readonly set: boolean }): Pair {
  const words = key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return { label: words.charAt(0).toUpperCase() + words.slice(1), text: set ? 'set' : 'not set' }
}

/** What a connection test found, in words. */
export function toCheckReport(check: SourceCheck) {
  const product = [check.product, check.version].filter(Boolean).join(' ')
  const about = check.estimatedRecords === null ? product : `${product}, about ${check.estimatedRecords} devices`
  return {
    name: check.name,
    summary: check.ok ? `The connection works${about ? `: ${about}` : ''}.` : 'The connection does not work.',
    steps: check.steps.map(({ id, status, message }) => ({
      status,
      message,
      icon: STEP_ICONS[status],
      label: `${STEP_LABELS[id] ?? id}:`,
    })),
  }
}
