import string from '@adonisjs/core/helpers/string'
import { type SourceCheck } from '#services/sources/check_source'
import { type SourceView } from '#services/sources/list_sources'
import { choice, flag, integer, listOf, nullable, record, shape, text, time, type ShapeField } from './shape.js'

type LastRun = NonNullable<SourceView['lastRun']>
type Step = SourceCheck['steps'][number]

const lastRunShape = shape<LastRun>('LastRun', {
  id: integer((run) => run.id),
  status: text((run) => run.status),
  queued_at: time((run) => run.queuedAt),
  completed_at: nullable(time((run) => run.completedAt)),
})

const lastRunField: ShapeField<SourceView> = {
  schema: lastRunShape.schema,
  read: ({ lastRun }) => lastRun && lastRunShape.toJson(lastRun),
}

/** A source with its health. Of its secrets only whether they are set. */
export const sourceShape = shape<SourceView>('Source', {
  name: text((source) => source.name),
  label: text((source) => source.label),
  plugin: text((source) => source.plugin),
  rank: integer((source) => source.rank),
  enabled: flag((source) => source.isEnabled),
  configured: flag((source) => source.isConfigured),
  simulated: flag((source) => source.isSimulated),
  health: text((source) => source.health),
  health_message: nullable(text((source) => source.healthMessage)),
  health_since: nullable(time((source) => source.healthSince)),
  last_run: nullable(lastRunField),
  last_completed_at: nullable(time((source) => source.lastCompletedAt)),
  next_run_at: nullable(time((source) => source.nextRunAt)),
  devices: integer((source) => source.devices),
  settings: record(({ settings }) =>
    Object.fromEntries(Object.entries(settings).map(([key, value]) => [string.snakeCase(key), value]))
  ),
})

const stepShape = shape<Step>('CheckStep', {
  id: text((step) => step.id),
  status: choice(['pass', 'warn', 'fail', 'skip'], (step) => step.status),
  message: text((step) => step.message),
})

/** What the connection test of a source found, step by step. */
export const sourceCheckShape = shape<SourceCheck>('SourceCheck', {
  name: text((check) => check.name),
  plugin: text((check) => check.plugin),
  ok: flag((check) => check.ok),
  steps: listOf(stepShape.schema, (check) => check.steps.map(stepShape.toJson)),
  product: nullable(text((check) => check.product)),
  version: nullable(text((check) => check.version)),
  estimated_records: nullable(integer((check) => check.estimatedRecords)),
  duration_ms: integer((check) => check.durationMs),
})
