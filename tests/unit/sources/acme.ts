import vine from '@vinejs/vine'
import { Logger } from '@adonisjs/core/logger'
import { type Secret } from '@adonisjs/core/helpers'
import {
  defineSource,
  SourceError,
  type AnySourcePlugin,
  type CheckReport,
  type SourceContext,
  type SourcePlugin,
} from '@laim/sdk'
import { Writable } from 'node:stream'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { defineConfig, type SourceInstance } from '#services/sources/define_config'
import { OpenSource } from '#services/sources/open_source'
import { PluginRegistry } from '#services/sources/plugin_registry'

interface AcmeConfig {
  baseUrl: string
  token: Secret<string>
  caFile?: string
}

/** A source of one system that never existed. `check` asks for `/ping`, unless told otherwise. */
export function acmePlugin(
  check: (context: SourceContext<AcmeConfig>) => Promise<CheckReport> = askForPing
): SourcePlugin<AcmeConfig> {
  return defineSource<AcmeConfig>({
    manifest: {
      id: 'acme',
      name: 'Acme NMS',
      version: '0.1.0',
      contract: '^1.0.0',
      configVersion: 1,
      checkpointVersion: 1,
      mappingVersion: 1,
      capabilities: {
        modes: ['full'],
        removals: 'implicit',
        resumable: false,
        nativeId: 'stable',
        claims: ['hostname'],
        identifiers: ['serial'],
      },
    },
    config: {
      validator: vine.create({
        baseUrl: vine.string().url({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] }),
        token: vine.string().minLength(8),
        caFile: vine.string().optional(),
      }),
      secrets: ['token'],
      env: { baseUrl: 'ACME_API_URL', token: 'ACME_API_TOKEN', caFile: 'ACME_CA_FILE' },
      fingerprint: ({ baseUrl }) => new URL(baseUrl).origin,
    },
    check,
    async *discover() {
      yield { observations: [], final: { coverage: 'complete' } }
    },
  })
}

async function askForPing({ http, config }: SourceContext<AcmeConfig>): Promise<CheckReport> {
  try {
    await http.json({ path: '/ping', headers: { 'X-Auth-Token': config.token } })
    return {
      ok: true,
      steps: [{ id: 'connect', status: 'pass', message: 'Reached the API' }],
      source: { product: 'Acme NMS', version: '7', estimatedRecords: 12 },
    }
  } catch (error) {
    if (!SourceError.is(error)) throw error
    return { ok: false, steps: [{ id: 'connect', status: 'fail', message: error.message, error }] }
  }
}

interface AcmeWorld {
  readonly sources: ConfiguredSources
  readonly openSource: OpenSource
  /** The lines of the log. */
  readonly logged: readonly string[]
}

/** What core makes of an Acme source with these settings. */
export function acmeWorld(
  settings: SourceInstance['settings'],
  { plugin = acmePlugin(), ...instance }: { plugin?: AnySourcePlugin } & Partial<Omit<SourceInstance, 'plugin'>> = {}
): AcmeWorld {
  const registry = new PluginRegistry()
  registry.register('acme', async () => plugin, { from: 'plugins/acme' })
  const sources = new ConfiguredSources(
    defineConfig({
      requestsPerSecond: 1000,
      isSimulated: false,
      schedule: { isEnabled: true, intervalHours: 6 },
      instances: [{ name: 'acme', rank: 10, settings, ...instance, plugin: 'acme' }],
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
  const logger = new Logger({ enabled: true, level: 'trace', destination })
  return { sources, openSource: new OpenSource(sources, logger), logged }
}
