import { defineSource, SourceError, type RejectedRecord } from '@laim/sdk'
import { ExampleClient } from './client.js'
import { config, type ExampleConfig } from './config.js'
import { toObservation } from './map.js'

/** Where a reading goes on: behind this id. */
type ExampleCheckpoint = { afterId: number }

/** Example: its devices, read page by page through its API. */
export default defineSource<ExampleConfig, ExampleCheckpoint>({
  manifest: {
    id: 'example',
    name: 'Example',
    version: '0.1.0',
    contract: '^1.0.0',
    configVersion: 1,
    checkpointVersion: 1,
    mappingVersion: 1,
    capabilities: {
      modes: ['full'],
      removals: 'implicit',
      resumable: true,
      nativeId: 'stable',
      claims: ['hostname', 'serialNumber', 'model'],
      identifiers: ['serial'],
    },
  },
  config,

  async check({ http, config: settings }) {
    try {
      await new ExampleClient(http, settings).devicesAfter(0, 1)
      return { ok: true, steps: [{ id: 'read_sample', status: 'pass', message: 'Example lists its devices.' }] }
    } catch (error) {
      if (!SourceError.is(error)) throw error
      return { ok: false, steps: [{ id: 'read_sample', status: 'fail', message: error.message, error }] }
    }
  },

  async *discover({ http, config: settings, normalize }, { pageSize, resumeAfter }) {
    const client = new ExampleClient(http, settings)
    for (let afterId = resumeAfter?.afterId ?? 0; ;) {
      const devices = await client.devicesAfter(afterId, pageSize)
      const rejected: RejectedRecord[] = []
      const observations = devices.flatMap((device) => {
        const observation = toObservation(device, normalize)
        if (!observation) rejected.push({ code: 'E_EXAMPLE_NO_ID', message: 'A device has no usable "id".' })
        return observation ?? []
      })
      afterId = Math.max(afterId, ...observations.map(({ nativeId }) => Number(nativeId)))
      if (devices.length < pageSize) {
        yield { observations, rejected, final: { coverage: 'complete' } }
        return
      }
      if (observations.length === 0) {
        throw new SourceError({ kind: 'bad_payload', code: 'E_EXAMPLE_IDS', message: 'A page of devices has no ids.' })
      }
      yield { observations, rejected, checkpoint: { afterId } }
    }
  },
})
