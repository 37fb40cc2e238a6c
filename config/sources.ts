import env from '#start/env'
import { defineConfig } from '#services/sources/define_config'

/**
 * The systems that are read. Of two claims about one field the source of the lower rank wins; people win over both.
 * A second instance of a plugin is one more entry with a name and settings of its own.
 */
const sourcesConfig = defineConfig({
  requestsPerSecond: env.get('SYNC_RATE_LIMIT'),
  isSimulated: env.get('SIMULATED_LAB'),
  schedule: {
    isEnabled: env.get('SYNC_ENABLED'),
    intervalHours: env.get('SYNC_INTERVAL_HOURS'),
  },

  /** Hours of absence after which claims of a source give way to those of others; null for never. */
  releaseAfterHours: 720,

  instances: [
    {
      name: 'librenms',
      plugin: 'librenms',
      rank: 10,
      settings: {
        baseUrl: env.get('LIBRENMS_API_URL'),
        token: env.get('LIBRENMS_API_TOKEN'),
        caFile: env.get('LIBRENMS_CA_FILE'),
      },
    },
    {
      name: 'netdisco',
      plugin: 'netdisco',
      rank: 20,
      settings: {
        baseUrl: env.get('NETDISCO_API_URL'),
        username: env.get('NETDISCO_USERNAME'),
        password: env.get('NETDISCO_PASSWORD'),
        caFile: env.get('NETDISCO_CA_FILE'),
      },
    },
  ],
})

export default sourcesConfig
