/** What of pg's connection, as knex holds it, is needed to give it up. */
interface RawConnection {
  query(config: unknown, done?: unknown): unknown
  readonly connection: { readonly stream: { destroy(): void } }
  /** knex takes a connection with a reason here out of its pool. */
  __knex__disposed?: unknown
}

/** People wait for reads; a write may have to wait for another one. */
const READ_MS = 4_000
const WRITE_MS = 30_000

/**
 * Ends a statement whose server fell silent, and its connection with it: what a network swallowed never comes, and the
 * next request gets a connection that was made anew. For processes that serve people.
 */
export function giveUpOnSilence(raw: RawConnection): void {
  const query = raw.query.bind(raw)
  raw.query = (config, done) => {
    if (typeof config !== 'object' || config === null || !('text' in config) || typeof done !== 'function') {
      return query(config, done)
    }
    const isRead = /^\s*(select|with)\b/i.test(String(config.text))
    return query({ ...config, query_timeout: isRead ? READ_MS : WRITE_MS }, (error: unknown, result: unknown) => {
      if (error instanceof Error && error.message === 'Query read timeout') {
        raw.__knex__disposed = error
        raw.connection.stream.destroy()
      }
      done(error, result)
    })
  }
}
