import { spawn } from 'node:child_process'
import { node24, ROOT, say } from './process.mjs'

/** Children end by themselves some seconds after they are told to; the one that does not is killed after these. */
const GRACE_MS = 11_000

/** Ctrl-C may come from the terminal and from npm: what comes this soon is the same. */
const SAME_SIGNAL_MS = 500

/** A worker that ran this long was healthy: its next failure counts as the first. */
const HEALTHY_MS = 60_000
const MAX_FAILURES = 5

/** Node.js would keep 128 MB for new objects, which a sync fills as soon as it is long enough; a quarter is as fast. */
export const WORKER_FLAGS = ['--max-semi-space-size=16']

/** The less an old object may take, the sooner those are collected that an import leaves behind. */
export const SERVER_FLAGS = ['--max-semi-space-size=8', '--max-old-space-size=512']

/**
 * Runs the web server, and the worker once the server listens. A worker that
 * dies is started again a few times, ever later; the server's end is the end.
 */
export class Supervisor {
  #env
  #server
  #worker
  #failures = 0
  #stoppingSince = null

  constructor(env) {
    this.#env = env
  }

  start() {
    this.#server = this.#spawn([...SERVER_FLAGS, 'build/bin/server.js'])
    this.#server.on('message', (message) => message.isAdonisJS && this.#whenListening(message))
    this.#server.on('exit', (code) => {
      this.#stop('SIGTERM')
      this.#exitAfterWorker(code ?? 1)
    })
    process.on('SIGTERM', () => this.#stop('SIGTERM'))
    process.on('SIGHUP', () => this.#stop('SIGTERM'))
    process.on('SIGINT', () => this.#interrupt())
  }

  #spawn(args) {
    return spawn(node24(), args, { cwd: ROOT, env: this.#env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  }

  #whenListening({ port }) {
    say(`ready on http://localhost:${port}`)
    this.#startWorker()
  }

  #startWorker() {
    if (this.#stoppingSince !== null) {
      return
    }
    const startedAt = Date.now()
    this.#worker = this.#spawn([...WORKER_FLAGS, 'build/ace.js', 'sync:work'])
    this.#worker.on('exit', () => {
      this.#worker = undefined
      this.#failures = Date.now() - startedAt > HEALTHY_MS ? 1 : this.#failures + 1
      this.#restartWorker()
    })
  }

  #restartWorker() {
    if (this.#stoppingSince !== null) {
      return
    }
    if (this.#failures > MAX_FAILURES) {
      say('the worker keeps failing: syncs wait until LAIM is started again')
      return
    }
    say('the worker ended and is started again')
    setTimeout(() => this.#startWorker(), 1000 * 2 ** (this.#failures - 1)).unref()
  }

  #interrupt() {
    if (this.#stoppingSince !== null && performance.now() - this.#stoppingSince > SAME_SIGNAL_MS) {
      this.#kill()
    }
    this.#stop('SIGINT')
  }

  #stop(signal) {
    if (this.#stoppingSince !== null) {
      return
    }
    this.#stoppingSince = performance.now()
    this.#server.kill(signal)
    this.#worker?.kill(signal)
    setTimeout(() => this.#kill(), GRACE_MS).unref()
  }

  #kill() {
    this.#server.kill('SIGKILL')
    this.#worker?.kill('SIGKILL')
    process.exit(1)
  }

  #exitAfterWorker(code) {
    if (this.#worker) {
      this.#worker.on('exit', () => process.exit(code))
    } else {
      process.exit(code)
    }
  }
}
