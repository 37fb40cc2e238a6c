import { type WriteStream } from 'node:tty'
import { type RunView } from '#services/sync/run_view'

const WIDTH = 24

/** One line that follows a run, redrawn in place. Silent where nobody watches: a pipe or a file. */
export class RunProgress {
  readonly #stream: WriteStream

  constructor(stream: WriteStream) {
    this.#stream = stream
  }

  show(run: RunView): void {
    if (!this.#stream.isTTY) {
      return
    }
    const active = run.children.find((child) => child.status === 'running') ?? run
    this.#stream.write(`\r\u001b[2K${progressLine(active)}`)
  }

  clear(): void {
    if (this.#stream.isTTY) {
      this.#stream.write('\r\u001b[2K')
    }
  }
}

/** `campus  reading  [=====>    ] 120 of 214`; without a total there is no bar. */
export function progressLine({ source, phase, progress, created, updated }: RunView): string {
  if (phase === 'reconciling') {
    return `${source}  reconciling  ${created} created, ${updated} updated`
  }
  const done = progress?.done ?? 0
  if (!progress?.total) {
    return `${source}  ${phase ?? 'waiting'}  ${done} devices`
  }
  const filled = Math.min(WIDTH, Math.round((done / progress.total) * WIDTH))
  const bar = '='.repeat(filled).padEnd(WIDTH, ' ')
  return `${source}  ${phase ?? 'waiting'}  [${bar}] ${done} of ${progress.total}`
}
