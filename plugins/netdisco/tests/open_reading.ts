import { setTimeout as sleep } from 'node:timers/promises'
import { Secret } from '@adonisjs/core/helpers'
import { createPace } from '#services/sources/http/pace'
import { DEFAULT_HTTP_LIMITS } from '#services/sources/http/limits'
import { openConnections } from '#services/sources/http/connection_pool'
import { parseTarget } from '#services/sources/http/target'
import { SourceHttpClient } from '#services/sources/http/http_client'
import type { SourceContext } from '@laim/sdk'
import type { NetdiscoConfig } from '../config.js'
import {
  startNetdisco,
  type NetdiscoSimulatorOptions,
  type RunningNetdisco,
} from '../simulator/main.js'
import { normalize } from './normalize.js'

/** Registers what has to be done when the test ends, as the test context's `cleanup` does. */
type Cleanup = (undo: () => Promise<void>) => void

export interface Reading {
  readonly simulator: RunningNetdisco
  readonly context: SourceContext<NetdiscoConfig>
  /** Everything that went to the log, and the progress. */
  readonly logged: readonly unknown[]
  abort(): void
}

/** A simulated Netdisco and a context that speaks to it through the HTTP client of the product. */
export async function openReading(
  cleanup: Cleanup,
  options: NetdiscoSimulatorOptions = {},
  settings: { baseUrl?: string; password?: string } = {}
): Promise<Reading> {
  const simulator = await startNetdisco(options)
  const { password, ...given } = { ...simulator.config, ...settings } as Record<string, string>
  const config = { ...given, password: new Secret(password) } as NetdiscoConfig
  const { context, logged, abort, close } = openContext(config)
  cleanup(async () => {
    await close()
    await simulator.stop()
  })
  return { simulator, context, logged, abort }
}

/** The context of a run, as core makes it, with short waits between retries. */
export function openContext(config: NetdiscoConfig) {
  const controller = new AbortController()
  const logged: unknown[] = []
  const write = (...line: unknown[]) => logged.push(line)
  const limits = { ...DEFAULT_HTTP_LIMITS, firstRetryMs: 1, longestRetryMs: 5 }
  const target = parseTarget(config.baseUrl)
  const pool = openConnections(target, limits)
  const clock = {
    now: () => new Date(),
    sleep: (ms: number, signal?: AbortSignal) => sleep(ms, undefined, { signal }),
  }
  const peer = {
    target,
    limits,
    pool,
    caSetting: 'NETDISCO_CA_FILE',
    signal: controller.signal,
    now: clock.now,
  }

  const context: SourceContext<NetdiscoConfig> = {
    source: { id: '1', name: 'netdisco', pluginId: 'netdisco' },
    run: { id: '1', attempt: 1 },
    config,
    http: new SourceHttpClient({
      peer,
      clock,
      pace: createPace(10_000),
      onRequest: () => {},
      onRetry: write,
    }),
    log: { debug: write, info: write, warn: write, error: write },
    signal: controller.signal,
    clock,
    progress: write,
    normalize,
  }
  return { context, logged, abort: () => controller.abort(), close: () => pool.destroy() }
}
