import { inject } from '@adonisjs/core'
import { SourceError, type CheckReport, type CheckStep } from '@laim/sdk'
import { checkConnection } from './check_connection.js'
import { ConfiguredSources } from './configured_sources.js'
import { OpenSource, type OpenedSource } from './open_source.js'

/** What a connection test found. `ok` is false when a step failed. */
export interface SourceCheck {
  readonly name: string
  readonly plugin: string
  readonly ok: boolean
  readonly steps: readonly CheckStep[]
  readonly product: string | null
  readonly version: string | null
  readonly estimatedRecords: number | null
  readonly durationMs: number
}

/** Longest a test may take, all its steps together. */
const LIMIT_MS = 15_000
/** A person waits: the first fault is the answer. */
const IMPATIENT = { retries: false, connectMs: 5_000, headersMs: 10_000, tryMs: LIMIT_MS }

/** Tests the connection to a source step by step: name, TLS, then what its plugin can tell. Changes nothing. */
@inject()
export class CheckSource {
  constructor(
    private sources: ConfiguredSources,
    private openSource: OpenSource
  ) {}

  /** @throws UnknownSource; every other fault is a failed step */
  async handle(name: string, limitMs: number = LIMIT_MS): Promise<SourceCheck> {
    const { plugin } = this.sources.get(name)
    const begun = performance.now()
    const report = await this.#check(name, AbortSignal.timeout(limitMs))

    return {
      name,
      plugin,
      ok: report.ok,
      steps: report.steps,
      product: report.source?.product ?? null,
      version: report.source?.version ?? null,
      estimatedRecords: report.source?.estimatedRecords ?? null,
      durationMs: Math.round(performance.now() - begun),
    }
  }

  async #check(name: string, signal: AbortSignal): Promise<CheckReport> {
    let opened: OpenedSource
    try {
      opened = await this.openSource.handle(name, { signal, limits: IMPATIENT })
    } catch (error) {
      if (!SourceError.is(error)) throw error
      return { ok: false, steps: [{ id: 'settings', status: 'fail', message: error.message, error: error.toJSON() }] }
    }

    try {
      const steps = await checkConnection({
        ...opened.connection,
        timeoutMs: IMPATIENT.connectMs,
        signal,
        now: new Date(),
      })
      if (steps.some(({ status }) => status === 'fail')) {
        return { ok: false, steps }
      }
      const report = await this.#askPlugin(opened, signal)
      return { ...report, steps: [...steps, ...report.steps] }
    } finally {
      await opened.close()
    }
  }

  /** Ends at the time limit even when the plugin does not. */
  async #askPlugin(opened: OpenedSource, signal: AbortSignal): Promise<CheckReport> {
    const late = Promise.withResolvers<never>()
    const abort = () => late.reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    try {
      signal.throwIfAborted()
      const report = await Promise.race([opened.plugin.check(opened.context), late.promise])
      return { ...report, steps: report.steps.map((step) => cleanStep(step, opened)) }
    } catch (error) {
      const fault = signal.aborted ? tooSlow() : opened.toSourceError(error)
      return { ok: false, steps: [{ id: 'check', status: 'fail', message: fault.message, error: fault.toJSON() }] }
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }
}

/** Steps are a plugin's text: secrets are masked in them as in its errors. */
function cleanStep({ id, status, message, error }: CheckStep, { toSourceError }: OpenedSource): CheckStep {
  const clean = toSourceError(new SourceError({ kind: 'internal', code: 'E_SOURCE_STEP', message })).message
  return {
    id,
    status,
    message: clean,
    ...(error ? { error: toSourceError(new SourceError(error)).toJSON() } : {}),
  }
}

function tooSlow(): SourceError {
  return new SourceError({
    kind: 'timeout',
    code: 'E_SOURCE_TIMEOUT',
    message: 'the test was stopped because the source takes too long to answer',
  })
}
