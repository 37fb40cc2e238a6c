import type { ApplicationService } from '@adonisjs/core/types'

/** How long requests, runs and connections may take to end before the process ends without them. */
const GRACE_MS = 9_000

/** Ctrl-C may reach a process from the terminal and from its parent: what comes this soon is the same. */
const SAME_SIGNAL_MS = 500

/**
 * Ends the application in order when it is told to, or when its terminal or
 * the process that started it is gone; at once when it is told by Ctrl-C a second time; and in
 * any case after a while.
 */
export function endInOrder(app: ApplicationService) {
  let endingSince: number | null = null

  function end() {
    if (endingSince !== null) {
      return
    }
    endingSince = performance.now()
    if (!app.isReady) {
      // Nothing has begun that could be ended in order, and a start does not stop half-way.
      process.exit(0)
    }
    setTimeout(() => endWithoutOrder(`not all was done within ${GRACE_MS / 1000} seconds`), GRACE_MS).unref()
    void app.terminate()
  }

  function interrupt() {
    if (endingSince !== null && performance.now() - endingSince > SAME_SIGNAL_MS) {
      endWithoutOrder('interrupted again')
    }
    end()
  }

  app.listen('SIGTERM', end)
  app.listen('SIGHUP', end)
  app.listen('SIGINT', interrupt)
  if (process.connected) {
    process.once('disconnect', end)
    process.channel?.unref()
  }
}

function endWithoutOrder(reason: string) {
  console.error(`laim: ${reason}: ended without waiting any longer`)
  process.exit(1)
}
