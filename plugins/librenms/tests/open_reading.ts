import { Writable } from 'node:stream'
import { Logger } from '@adonisjs/core/logger'
import type { SourceContext } from '@laim/sdk'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { defineConfig } from '#services/sources/define_config'
import { OpenSource } from '#services/sources/open_source'
import { PluginRegistry } from '#services/sources/plugin_registry'
import type { LibrenmsConfig } from '../config.js'
import { startLibrenms, type LibrenmsSimulatorOptions, type RunningLibrenms } from '../simulator/main.js'
import source from '../source.js'

/** Registers what has to be done when the test ends, as the test context's `cleanup` does. */
type Cleanup = (undo: () => Promise<void>) => void

interface Settings {
  readonly baseUrl: string
  readonly token: string
}

export interface Reading {
  readonly simulator: RunningLibrenms
  readonly context: SourceContext<LibrenmsConfig>
  /** The lines of the log. */
  readonly logged: readonly string[]
  abort(): void
}

/** A simulated LibreNMS, and the context of a run that reads from it. */
export async function openReading(
  cleanup: Cleanup,
  options: LibrenmsSimulatorOptions = {},
  settings: Partial<Settings> = {}
): Promise<Reading> {
  const simulator = await startLibrenms(options)
  cleanup(() => simulator.stop())
  const config = { ...simulator.config, ...settings } as Settings
  return { simulator, ...(await openContext(cleanup, config)) }
}

/** The context that core gives to a run, its waits between retries cut short. */
export async function openContext(cleanup: Cleanup, { baseUrl, token }: Settings): Promise<Omit<Reading, 'simulator'>> {
  const registry = new PluginRegistry()
  registry.register('librenms', async () => source)
  const sources = new ConfiguredSources(
    defineConfig({
      requestsPerSecond: 10_000,
      isSimulated: false,
      schedule: { isEnabled: false, intervalHours: 6 },
      instances: [
        {
          name: 'librenms',
          plugin: 'librenms',
          rank: 10,
          settings: { baseUrl, token },
        },
      ],
    }),
    registry
  )

  const logged: string[] = []
  const destination = new Writable({
    write(line, _encoding, done) {
      logged.push(String(line))
      done()
    },
  })
  const controller = new AbortController()
  const opened = await new OpenSource(sources, new Logger({ enabled: true, level: 'trace', destination })).handle(
    'librenms',
    {
      run: { id: '1', attempt: 1 },
      signal: controller.signal,
      limits: { firstRetryMs: 1, longestRetryMs: 5 },
    }
  )
  cleanup(() => opened.close())
  return { context: opened.context, logged, abort: () => controller.abort() }
}
