import { type ApplicationService } from '@adonisjs/core/types'

const signals = new WeakMap<ApplicationService, AbortSignal>()

/**
 * Aborts when somebody stops the process: a run under way is then given back at its next safe point. All commands of an
 * application share it, as they share the process.
 */
export function abortSignalOf(app: ApplicationService): AbortSignal {
  const known = signals.get(app)
  if (known) {
    return known
  }
  const abort = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    app.listen(name, () => abort.abort())
  }
  signals.set(app, abort.signal)
  return abort.signal
}
