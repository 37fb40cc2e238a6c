import { setTimeout as sleep } from 'node:timers/promises'
import { SourceError, type DiscoverRequest, type ObservationPage } from '@laim/sdk'
import { type OpenedSource } from '#services/sources/open_source'
import { Watchdog } from './watchdog.js'

/** How long a plugin may take to end once it is told to. */
const SETTLE_MS = 5000

export interface PageReading {
  readonly request: DiscoverRequest
  /** Ends the reading; aborted here when it ends, so that nothing goes on asking the source. */
  readonly stop: AbortController
  /** Longest silence of the source. Default: two minutes. */
  readonly idleMs: number
}

/**
 * The plugin's pages, each asked for when the former is done. What the plugin throws becomes an error that says whose
 * fault it is, without secrets. A plugin that does not listen to its signal is left behind.
 *
 * @throws SourceError, also `timeout` for silence and `contract` for a page after the last one
 */
export async function* readPages(source: OpenedSource, reading: PageReading): AsyncGenerator<ObservationPage> {
  const { request, stop } = reading
  const watchdog = new Watchdog(() => source.activity, reading.idleMs)
  const pages = source.plugin.discover(source.context, request)[Symbol.asyncIterator]()
  let isOver = false
  try {
    for (;;) {
      const next = await watchdog.during(
        pages.next().catch((error: unknown) => {
          throw source.toSourceError(error)
        }),
        stop.signal
      )
      if (next.done) {
        return
      }
      if (isOver) {
        throw pageAfterFinal(source)
      }
      isOver = next.value.final !== undefined
      yield next.value
    }
  } finally {
    stop.abort()
    await settle(pages)
  }
}

async function settle(pages: AsyncIterator<ObservationPage>): Promise<void> {
  const isPatient = new AbortController()
  const returned = Promise.resolve(pages.return?.()).catch(() => undefined)
  await Promise.race([returned, sleep(SETTLE_MS, undefined, { signal: isPatient.signal }).catch(() => undefined)])
  isPatient.abort()
}

function pageAfterFinal({ plugin }: OpenedSource): SourceError {
  return new SourceError({
    kind: 'contract',
    code: 'E_PAGE_AFTER_FINAL',
    message: `the plugin ${plugin.manifest.id} sent a page after its last one`,
  })
}
