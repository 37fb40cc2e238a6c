import { type AssetStatus, type Presence } from '#core/assets/asset'

/** How a state is shown: its word, its colour and a sentence that explains it. */
export interface Look {
  readonly word: string
  readonly className: string
  readonly title: string
}

const PRESENCE_LOOKS: Record<Presence, Look> = {
  present: { word: 'Present', className: 'dot-good', title: 'A source saw it at its last complete run' },
  missing: { word: 'Missing', className: 'dot-warn', title: 'No source has seen it for several complete runs' },
  unknown: { word: 'Not seen', className: 'dot-none', title: 'No source has ever seen it' },
}

const RUN_LOOKS: Record<string, Look> = {
  queued: { word: 'Queued', className: 'dot-live', title: 'Waits for a worker' },
  running: { word: 'Running', className: 'dot-live', title: 'A worker reads the source' },
  completed: { word: 'Completed', className: 'dot-good', title: 'Everything that was read is in the inventory' },
  failed: { word: 'Failed', className: 'dot-bad', title: 'Nothing was marked missing' },
  cancelled: { word: 'Cancelled', className: 'dot-none', title: 'Stopped before it ended' },
  awaiting_approval: {
    word: 'Waits for approval',
    className: 'dot-warn',
    title: 'Nothing is written until a person applies its plan',
  },
}

const HEALTH_LOOKS: Record<string, Look> = {
  ok: { word: 'OK', className: 'dot-good', title: 'The last run read everything' },
  unknown: { word: 'Never run', className: 'dot-none', title: 'No run has read this source yet' },
  not_configured: { word: 'Not configured', className: 'dot-none', title: 'Its address is not set' },
}

export const STATUS_WORDS: Record<AssetStatus, string> = {
  in_use: 'In use',
  spare: 'Spare',
  repair: 'In repair',
  retired: 'Retired',
}

export function toPresenceLook(presence: Presence): Look {
  return PRESENCE_LOOKS[presence]
}

/** A run that is done but left something behind is amber: held or rejected records, or errors. */
export function toRunLook(run: { status: string; held: number; rejected: number; errors: readonly string[] }): Look {
  const look = RUN_LOOKS[run.status] ?? toWord(run.status, 'dot-none')
  const left = run.held > 0 ? `${run.held} held` : run.rejected > 0 ? `${run.rejected} rejected` : 'with warnings'
  const isClean = run.held + run.rejected + run.errors.length === 0
  return run.status !== 'completed' || isClean
    ? look
    : { word: `Completed, ${left}`, className: 'dot-warn', title: 'Done, but something is left that needs a person' }
}

/** A health that has no words of its own is some kind of failure: its code is shown in words. */
export function toHealthLook(health: string): Look {
  return HEALTH_LOOKS[health] ?? toWord(health, 'dot-bad')
}

function toWord(code: string, className: string): Look {
  const word = code.replaceAll('_', ' ')
  return { word: word.charAt(0).toUpperCase() + word.slice(1), className, title: word }
}
