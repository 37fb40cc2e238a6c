import vine from '@vinejs/vine'
import {
  defineSource,
  type Completion,
  type DiscoverRequest,
  type Observation,
  type ObservationPage,
  type RejectedRecord,
  type SourcePlugin,
} from '@laim/sdk'

/** What a scripted source answers to the next reading. */
export interface Script {
  observations: Observation[]
  rejected?: RejectedRecord[]
  pageSize?: number
  /** Undefined: the last page is complete. Null: the iterator just ends. */
  final?: Completion | null
  /** Thrown after this many pages. */
  fault?: { afterPages: number; error: Error }
  /** Version of the mapping from then on. Default 1. */
  mappingVersion?: number
  /** A worker that died is followed by one that goes on behind its last page. Default false. */
  isResumable?: boolean
  /** Told what is asked for. */
  hears?: (request: DiscoverRequest) => void
}

/** A plugin that says what a test tells it to: it fulfils the contract and asks nobody. */
export function scriptedSource(
  id: string,
  nativeId: 'stable' | 'reassignable',
  script: () => Script
): SourcePlugin<{ baseUrl: string }> {
  return defineSource<{ baseUrl: string }>({
    manifest: {
      id,
      name: id,
      version: '1.0.0',
      contract: '^1.0.0',
      configVersion: 1,
      checkpointVersion: 1,
      get mappingVersion() {
        return script().mappingVersion ?? 1
      },
      capabilities: {
        modes: ['full'],
        removals: 'implicit',
        get resumable() {
          return script().isResumable ?? false
        },
        nativeId,
        claims: [
          'hostname',
          'serialNumber',
          'macAddress',
          'ipAddress',
          'vendor',
          'model',
          'firmwareVersion',
          'assetType',
          'location',
        ],
        identifiers: ['serial', 'mac', 'uuid', 'hostname', 'ip'],
      },
    },
    config: {
      validator: vine.create({ baseUrl: vine.string().meta({ title: 'Base URL' }) }),
      secrets: [],
      fingerprint: (config) => config.baseUrl,
    },
    check: async () => ({ ok: true, steps: [] }),
    async *discover(_context, request) {
      script().hears?.(request)
      const { page } = (request.resumeAfter ?? { page: -1 }) as { page: number }
      yield* pagesOf(script(), page + 1)
    },
  })
}

function* pagesOf(
  { observations, rejected, pageSize = 500, final, fault }: Script,
  first: number
): Generator<ObservationPage> {
  const count = Math.max(1, Math.ceil(observations.length / pageSize))
  for (let page = first; page < count; page++) {
    if (fault?.afterPages === page) {
      throw fault.error
    }
    const isLast = page === count - 1
    yield {
      observations: observations.slice(page * pageSize, (page + 1) * pageSize),
      ...(page === 0 && rejected ? { rejected } : {}),
      checkpoint: { page },
      ...(isLast && final !== null ? { final: final ?? { coverage: 'complete' } } : {}),
    }
  }
  if (fault && fault.afterPages >= count) {
    throw fault.error
  }
}
