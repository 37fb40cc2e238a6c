import type { ApplicationService } from '@adonisjs/core/types'

/** How long requests, runs and connections may take to end before the process ends without them. */
const GRACE_MS = 10_000

/**
 * Ends the application in order when it is told to, or when the process that
 * started it is gone; and in any case after a while.
 */
export function endInOrder(app: ApplicationService) {
  let isEnding = false

  function end() {
    if (isEnding) {
      return
    }
    isEnding = true
    if (!app.isReady) {
      // Nothing has begun that could be ended in order, and a start does not stop half-way.
      process.exit(0)
    }
    setTimeout(() => process.exit(1), GRACE_MS).unref()
    void app.terminate()
  }

  app.listen('SIGTERM', end)
  app.listen('SIGINT', end)
  if (process.connected) {
    process.once('disconnect', end)
    process.channel?.unref()
  }
}
