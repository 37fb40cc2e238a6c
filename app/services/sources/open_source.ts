import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { type Clock, type SourceContext, type SourceError, type AnySourcePlugin } from '@laim/sdk'
import { ConfiguredSources, type ResolvedSource } from './configured_sources.js'
import type { ConnectionToCheck } from './check_connection.js'
import type { SourceInstance } from './define_config.js'
import { openConnections, readAuthorities } from './http/connection_pool.js'
import { SourceHttpClient } from './http/http_client.js'
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from './http/limits.js'
import { createPace, type Pace } from './http/pace.js'
import { parseTarget } from './http/target.js'
import { normalizers } from './normalizers.js'
import { SecretScrubber } from './secret_scrubber.js'
import { toSourceError } from './source_failure.js'
import { createSourceLogger } from './source_logger.js'
import { settingName } from './source_settings.js'
import { systemClock } from './system_clock.js'

export interface OpenOptions {
  /** Ends every request and wait. */
  readonly signal: AbortSignal
  /** null outside a run, such as for a check. */
  readonly run?: SourceContext<object>['run']
  readonly clock?: Clock
  /** What differs from the source's own limits, such as no retries for a check. */
  readonly limits?: Partial<HttpLimits>
}

/** A source ready to be read. Close it in the end: it holds connections. */
export interface OpenedSource {
  readonly instance: SourceInstance
  readonly plugin: AnySourcePlugin
  readonly context: SourceContext<never>
  readonly connection: Pick<ConnectionToCheck, 'target' | 'authorities' | 'caSetting'>
  /** HTTP requests that went out so far, retries included. */
  readonly requestCount: number
  /** Grows with each sign of life: a request, a part of an answer, a progress report. */
  readonly activity: number
  /** What the plugin threw, as it may be shown and stored: secrets masked. */
  toSourceError(error: unknown): SourceError
  close(): Promise<void>
}

/** Builds what a plugin is given: settings, HTTP client, log, clock. One for the process, which paces each source. */
@inject()
export class OpenSource {
  readonly #paces = new Map<string, Pace>()

  constructor(
    private sources: ConfiguredSources,
    private logger: Logger
  ) {}

  /**
   * @throws SourceError `config` or `contract` before anything was asked
   * @throws UnknownSource
   */
  async handle(name: string, options: OpenOptions): Promise<OpenedSource> {
    const resolved = await this.sources.resolve(this.sources.get(name))
    const { instance, plugin, config, secrets } = resolved
    const scrubber = new SecretScrubber(secrets, textsOf(config))
    const log = createSourceLogger(this.logger, instance.name, scrubber)
    const clock = options.clock ?? systemClock
    let requestCount = 0
    let activity = 0
    const onActivity = () => {
      activity += 1
    }

    const limits = { ...this.#limitsOf(instance), ...options.limits }
    const { signal } = options
    const { pool, ...connection } = connect(resolved, limits)
    const peer = { ...connection, limits, pool, signal, now: () => clock.now(), onTraffic: onActivity }
    const http = new SourceHttpClient({
      peer,
      clock,
      pace: this.#paceOf(instance, limits),
      onRequest: () => {
        requestCount += 1
        onActivity()
      },
      onRetry: (error, waitMs) => {
        onActivity()
        log.warn('request is tried again', { code: error.code, reason: error.message, wait_ms: Math.round(waitMs) })
      },
    })

    return {
      instance,
      plugin,
      connection,
      context: {
        source: { id: instance.name, name: instance.name, pluginId: plugin.manifest.id },
        run: options.run ?? null,
        config: config as never,
        http,
        log,
        signal,
        clock,
        progress: onActivity,
        normalize: normalizers,
      },
      get requestCount() {
        return requestCount
      },
      get activity() {
        return activity
      },
      toSourceError: (error) => toSourceError(error, scrubber, signal),
      close: () => pool.destroy(),
    }
  }

  #limitsOf(instance: SourceInstance): HttpLimits {
    const { requestsPerSecond } = this.sources.config
    return { ...DEFAULT_HTTP_LIMITS, requestsPerSecond, ...instance.limits }
  }

  /** One pace for each source of this process: a check beside a run does not double the rate. */
  #paceOf({ name }: SourceInstance, { requestsPerSecond }: HttpLimits): Pace {
    const pace = this.#paces.get(name) ?? createPace(requestsPerSecond)
    this.#paces.set(name, pace)
    return pace
  }
}

function connect({ plugin, config }: ResolvedSource, limits: HttpLimits) {
  const target = parseTarget(String(config.baseUrl ?? ''))
  const caSetting = settingName(plugin, 'caFile')
  const authorities = typeof config.caFile === 'string' ? readAuthorities(config.caFile, caSetting) : undefined
  return { target, caSetting, authorities, pool: openConnections(target, limits, authorities) }
}

/** Settings that are no secrets, as text. */
function textsOf(config: Readonly<Record<string, unknown>>): string[] {
  return Object.values(config).filter((value) => typeof value === 'string')
}
