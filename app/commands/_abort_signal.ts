import { type ApplicationService } from '@adonisjs/core/types'

/** Aborts when somebody stops the process: a run under way is then given back at its next safe point. */
export function abortSignalOf(app: ApplicationService): AbortSignal {
  const abort = new AbortController()
  app.listen('SIGINT', () => abort.abort())
  app.listen('SIGTERM', () => abort.abort())
  return abort.signal
}
