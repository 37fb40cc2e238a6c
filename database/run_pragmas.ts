/** What is needed of better-sqlite3's connection. */
interface RawConnection {
  readonly open: boolean
  pragma(statement: string): unknown
}

/** A page cache that holds most of what every batch of a run writes to: the indexes of assets and of identifiers. */
const SETTINGS = ['cache_size = -48000']

/** What the SQLite connections of a process are set to once it takes a run: SQLite's own figures are for small writes. */
export class RunPragmas {
  readonly #connections = new Set<RawConnection>()
  #isSet = false

  /** Tells of a connection that was just opened. */
  add(connection: RawConnection): void {
    for (const former of this.#connections) {
      if (!former.open) {
        this.#connections.delete(former)
      }
    }
    this.#connections.add(connection)
    if (this.#isSet) {
      setOn(connection)
    }
  }

  /** Sets those that are open, and those to come: which of them writes is the pool's to say. */
  set(): void {
    this.#isSet = true
    for (const connection of this.#connections) {
      if (connection.open) {
        setOn(connection)
      }
    }
  }
}

function setOn(connection: RawConnection): void {
  SETTINGS.forEach((setting) => connection.pragma(setting))
}

export const runPragmas = new RunPragmas()
