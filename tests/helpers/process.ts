import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const TRY_MS = 100

/** The user that tests as root start what needs no rights as. */
export const NOBODY: { uid?: number; gid?: number } = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

export interface Started {
  readonly child: ChildProcess
  /** All that it has printed, on both outputs. */
  output(): string
  /** Its exit code, once it has ended by itself. */
  done(): Promise<number | null>
  /** Tells it to end and answers its exit code; null when it had to be killed. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export function startProcess(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number }
): Started {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = once(child, 'close') as Promise<[number | null]>
  async function done(): Promise<number | null> {
    const [code] = await ended
    return code
  }
  return {
    child,
    output: () => output,
    done,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return done()
    },
  }
}

/** Runs it to its end; answers what it printed, and throws it when the exit code is not 0. */
export async function runProcess(...params: Parameters<typeof startProcess>): Promise<string> {
  const started = startProcess(...params)
  const code = await started.done()
  if (code !== 0) {
    throw new Error(`${params[0]} ${params[1].join(' ')} ended with ${code}: ${started.output().slice(-2000)}`)
  }
  return started.output()
}

/** Asks until the answer is something; throws after a generous while, with the last error there was. */
export async function eventually<T>(ask: () => Promise<T | null>, limitMs = 120_000): Promise<T> {
  const end = performance.now() + limitMs
  let reason: unknown = 'it answered nothing'
  while (performance.now() < end) {
    try {
      const answer = await ask()
      if (answer !== null) {
        return answer
      }
    } catch (error) {
      reason = error
    }
    await sleep(TRY_MS)
  }
  throw new Error(`waited ${limitMs / 1000} s in vain`, { cause: reason })
}
