import vine from '@vinejs/vine'
import { defineSource, type SourcePlugin } from '@laim/sdk'
import { observation, type Device } from '#tests/helpers/engine_world'

/** What differs between the plugins of these tests. */
export interface PagedTraits {
  readonly isResumable?: boolean
  readonly checkpointVersion?: number
  readonly mappingVersion?: number
  /** Sends a checkpoint with every so manieth page. Default: with each. */
  readonly checkpointEvery?: number
  /** Goes on one page earlier than it was told to, as plugins may. */
  readonly repeatsAPage?: boolean
  readonly usesLogin?: boolean
  /** Never answers once it has sent this many pages, whatever its signal says. */
  readonly hangsAfter?: number
}

/** Behind a page and before it. */
type Place = { after: number; before: number }

interface Listing {
  devices: Device[]
  isLast: boolean
  total: number
}

/** A plugin that reads a PagedServer. */
export function pagedPlugin(traits: PagedTraits = {}): SourcePlugin<{ baseUrl: string }, Place> {
  return defineSource<{ baseUrl: string }, Place>({
    manifest: {
      id: 'paged',
      name: 'Paged',
      version: '1.0.0',
      contract: '^1.0.0',
      configVersion: 1,
      checkpointVersion: traits.checkpointVersion ?? 1,
      mappingVersion: traits.mappingVersion ?? 1,
      capabilities: {
        modes: ['full'],
        removals: 'implicit',
        resumable: traits.isResumable ?? true,
        nativeId: 'stable',
        claims: [
          'hostname',
          'serialNumber',
          'macAddress',
          'ipAddress',
          'vendor',
          'model',
          'firmwareVersion',
          'assetType',
        ],
        identifiers: ['serial', 'mac', 'hostname', 'ip'],
      },
    },
    config: {
      validator: vine.create({ baseUrl: vine.string().meta({ title: 'Base URL' }) }),
      secrets: [],
      fingerprint: (config) => config.baseUrl,
    },
    check: async () => ({ ok: true, steps: [] }),
    async *discover(context, request) {
      const client = traits.usesLogin
        ? context.http.withAuth({
            async acquire(http) {
              const { body } = await http.json<{ token: string }>({ path: '/login', method: 'POST', idempotent: true })
              return { authorization: `Bearer ${body.token}` }
            },
          })
        : context.http
      let after = request.resumeAfter?.[traits.repeatsAPage ? 'before' : 'after'] ?? 0
      for (let sent = 0; ; sent++) {
        if (sent === traits.hangsAfter) {
          await new Promise(() => undefined)
        }
        const { body } = await client.json<Listing>({ path: '/devices', query: { after } })
        const place = { before: after, after: after + body.devices.length }
        const hasCheckpoint = (sent + 1) % (traits.checkpointEvery ?? 1) === 0
        yield {
          observations: body.devices.map(observation),
          progress: { done: place.after, total: body.total },
          ...(hasCheckpoint ? { checkpoint: place } : {}),
          ...(body.isLast ? { final: { coverage: 'complete' as const } } : {}),
        }
        if (body.isLast) {
          return
        }
        after = place.after
      }
    },
  })
}
