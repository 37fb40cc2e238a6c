import { UNDO_RUN } from '#services/sources/define_config'
import { type RunView } from '#services/sync/run_view'
import { toRunLook } from './looks.js'
import { toDuration } from './moment.js'
import { toSourceLabel } from './source_name.js'

const LIVE = ['queued', 'running']

/** The phases of a run in their order, with what is done in them. */
const PHASES = [
  { name: 'reading', label: 'Read the source' },
  { name: 'reconciling', label: 'Bring the inventory up to date' },
] as const

const COUNTS = [
  { name: 'devicesFound', label: 'Devices', title: 'What the source lists' },
  { name: 'created', label: 'Created', title: 'New assets' },
  { name: 'updated', label: 'Updated', title: 'Assets of which a value changed' },
  { name: 'skipped', label: 'Unchanged', title: 'Unchanged, excluded or rejected' },
  { name: 'missing', label: 'Missing', title: 'Assets that no source has seen for several complete runs' },
  { name: 'held', label: 'Held', title: 'Records that wait for a person: they may be one asset or another' },
] as const

const UNDO_COUNTS = [
  { name: 'updated', label: 'Taken back', title: 'Assets that are as before' },
  { name: 'skipped', label: 'Kept', title: 'Assets that keep what was changed since' },
] as const

/** A run as the console shows one, with those of its sources if it is a run of all. */
export interface RunSummary extends Omit<RunView, 'children' | 'progress'> {
  readonly sourceLabel: string
  readonly look: ReturnType<typeof toRunLook>
  readonly isLive: boolean
  /** It takes changes back, and asks no source. */
  readonly isUndo: boolean
  readonly by: string
  readonly duration: string | null
  readonly sentence: string
  readonly announcement: string
  readonly counts: readonly { label: string; title: string; number: number }[]
  readonly phases: readonly { label: string; className: string; isDone: boolean }[]
  /** Null while nobody knows how much there is to do. */
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly progressText: string
  readonly children: readonly RunSummary[]
}

/** `guards` are said beside the plan, so they are no errors here. */
export function toRunSummary(run: RunView, guards: readonly { readonly sentence: string }[] = []): RunSummary {
  const { progress, completedAt, startedAt } = run
  const look = toRunLook(run)
  const isLive = LIVE.includes(run.status)
  return {
    ...run,
    errors: run.errors.filter((error) => !guards.some(({ sentence }) => error.startsWith(sentence))),
    sourceLabel: toSourceLabel(run.source),
    look,
    isLive,
    isUndo: isUndo(run),
    by: run.requestedBy ?? (run.trigger === 'schedule' ? 'the schedule' : 'the command line'),
    duration: startedAt && completedAt ? toDuration(startedAt, completedAt) : null,
    sentence: toSentence(run),
    announcement: isLive ? '' : `Run ${run.id}: ${look.word}. ${toSentence(run)}`,
    counts: countsOf(run).map(({ name, label, title }) => ({ label, title, number: run[name] })),
    phases: toPhases(run),
    progress:
      progress && progress.total ? { done: Math.min(progress.done, progress.total), total: progress.total } : null,
    progressText: toProgressText(run),
    children: run.children.map((child) => toRunSummary(child)),
  }
}

function isUndo({ source }: RunView): boolean {
  return source === UNDO_RUN
}

function countsOf(run: RunView): typeof COUNTS | typeof UNDO_COUNTS {
  return isUndo(run) ? UNDO_COUNTS : COUNTS
}

function toPhases(run: RunView): RunSummary['phases'] {
  const { phase } = run
  if (isUndo(run)) {
    return []
  }
  const now = PHASES.findIndex(({ name }) => name === phase)
  return PHASES.map(({ label }, index) => ({
    label,
    isDone: index < now,
    className: index < now ? 'phase-done' : index === now ? 'phase-now' : '',
  }))
}

function toProgressText(run: RunView): string {
  const { status, progress } = run
  if (status === 'queued') {
    return 'Waits for a worker. If this takes long, see that one runs.'
  }
  if (!progress || progress.done === 0) {
    return 'Started.'
  }
  const things = isUndo(run) ? 'changes' : 'devices'
  return progress.total ? `${progress.done} of ${progress.total} ${things}` : `${progress.done} ${things} so far`
}

/** What became of the run, in one sentence. */
function toSentence(run: RunView): string {
  const { status, errors, children } = run
  if (LIVE.includes(status)) {
    return 'The inventory can be used meanwhile.'
  }
  if (isUndo(run)) {
    return toUndoSentence(run)
  }
  const waiting = children.filter((child) => child.status === 'awaiting_approval')
  if (status === 'awaiting_approval' && waiting.length === 0) {
    return 'Nothing is written yet: look at the plan, then apply or discard it.'
  }
  if (waiting.length > 0) {
    return `Open ${waiting.map(({ source }) => toSourceLabel(source)).join(', ')} to look at the plan and apply it.`
  }
  if (status !== 'failed') {
    return toOutcome(run)
  }
  const done = children.filter((child) => child.status === 'completed').map(({ source }) => toSourceLabel(source))
  return done.length > 0
    ? `Only ${done.join(' and ')} could be read. ${toOutcome(run)}`
    : `It stopped${errors[0] ? `: ${errors[0]}` : ''}. Nothing was marked missing.`
}

function toUndoSentence({ status, updated, skipped, errors }: RunView): string {
  const assets = updated === 1 ? '1 asset is' : `${updated} assets are`
  const kept = skipped > 0 ? `, ${skipped} kept what was changed since` : ''
  const stopped = status === 'completed' ? '' : ` It stopped before the end${errors[0] ? `: ${errors[0]}` : ''}.`
  return `${assets} as before${kept}.${stopped}`
}

function toOutcome({ devicesFound, created, updated, missing, held }: RunView): string {
  const changes = [
    created > 0 && `${created} created`,
    updated > 0 && `${updated} updated`,
    missing > 0 && `${missing} missing`,
    held > 0 && `${held} waiting for a person`,
  ].filter(Boolean)
  const devices = `${devicesFound} ${devicesFound === 1 ? 'device' : 'devices'}`
  return changes.length === 0 ? `${devices}, nothing changed.` : `${devices}: ${changes.join(', ')}.`
}
