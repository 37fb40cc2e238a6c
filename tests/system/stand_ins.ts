import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Programs that a script calls, replaced by ones that write down how they were called and answer what a test says. */
export class StandIns {
  readonly folder = mkdtempSync(join(tmpdir(), 'laim-host-'))
  readonly #calls = join(this.folder, 'calls')

  /** `answers`: the body of a shell `case` over the program and its first two arguments. */
  add(names: readonly string[], answers = ''): this {
    const script = `#!/bin/bash
echo "$(basename "$0") $*" >> "$CALLS"
case "$(basename "$0") $1 $2" in
  ${answers}
  *) ;;
esac
`
    for (const name of names) {
      writeFileSync(join(this.folder, name), script, { mode: 0o755 })
    }
    return this
  }

  run(script: string, args: readonly string[] = []) {
    const env = { PATH: `${this.folder}:${process.env.PATH}`, CALLS: this.#calls }
    return spawnSync(script, args, { env, encoding: 'utf8' })
  }

  /** Every call since the start or since they were last asked for, as program and arguments. */
  calls(): string[] {
    const calls = existsSync(this.#calls) ? readFileSync(this.#calls, 'utf8').trim().split('\n') : []
    rmSync(this.#calls, { force: true })
    return calls
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
