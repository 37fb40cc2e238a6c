import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { type RunningSimulator, type SourceRegistry } from '@laim/sdk'
import { reportFault } from '#commands/_report_fault'

const WRONG_USAGE = 3
const LAST_PORT = 65_535
/** A timer that long never rings; it only keeps the process running. */
const FOREVER_MS = 2 ** 31 - 1

/** A simulated source that runs, and the variables that make LAIM read it. */
interface Simulated {
  readonly source: string
  readonly url: string
  readonly environment: Readonly<Record<string, string>>
}

export default class LabSimulate extends BaseCommand {
  static commandName = 'lab:simulate'
  static description = 'Serve the simulated lab as every source would, on loopback, until stopped'
  static options: CommandOptions = { startApp: true, staysAlive: true }
  static help = [
    'Prints the variables that make LAIM read the simulated sources; put them into .env or the shell.',
    'The same seed serves the same devices. Ctrl-C ends it.',
    'Exit codes: 0 stopped, 1 failed, 3 wrong usage.',
    '{{ binaryName }} lab:simulate --port=9100 --seed=7',
    '{{ binaryName }} lab:simulate --json',
  ]

  @flags.number({ description: 'Port of the first source, the others follow it. Default: any free ones' })
  declare port?: number

  @flags.number({ description: 'What the devices are made from. Default: the seed of SIMULATED_LAB' })
  declare seed?: number

  @flags.boolean({ description: 'Print the variables as JSON on one line, and nothing else, on standard output' })
  declare json?: boolean

  async run() {
    const registry = await this.app.container.make('laim.sources')
    const fault = this.#usageFault(registry.ids().length)
    if (fault) {
      this.logger.error(fault)
      this.exitCode = WRONG_USAGE
      return this.terminate()
    }

    const running: RunningSimulator[] = []
    const wakefulness = setInterval(() => {}, FOREVER_MS)
    this.app.terminating(async () => {
      clearInterval(wakefulness)
      await Promise.all(running.map((simulator) => simulator.stop()))
    })
    this.#print(await this.#start(registry, running))
  }

  async completed() {
    const hasFailed = reportFault(this)
    if (hasFailed) await this.terminate()
    return hasFailed
  }

  async #start(registry: SourceRegistry, running: RunningSimulator[]): Promise<Simulated[]> {
    const simulated: Simulated[] = []
    for (const id of registry.ids()) {
      const simulator = await registry.simulator(id)
      if (!simulator) continue
      const port = this.port ? this.port + simulated.length : 0
      const started = await simulator.start({ port, seed: this.seed })
      running.push(started)
      const { config } = await registry.resolve(id)
      simulated.push({ source: id, url: started.url, environment: toEnvironment(config.env ?? {}, started.config) })
    }
    return simulated
  }

  #print(simulated: readonly Simulated[]) {
    const environment = Object.assign({ SIMULATED_LAB: 'false' }, ...simulated.map((one) => one.environment))
    if (this.json) {
      this.logger.log(JSON.stringify({ sources: simulated, environment }))
      return
    }
    simulated.forEach(({ source, url }) => this.logger.info(`${source} answers at ${url}`))
    Object.entries(environment).forEach(([name, value]) => this.logger.log(`${name}=${value}`))
    this.logger.info('Ctrl-C ends it')
  }

  #usageFault(sources: number): string | null {
    const { port = 0, seed = 0 } = this
    if (!isWhole(port) || port + sources - 1 > LAST_PORT) {
      return `--port must be a whole number from 1 to ${LAST_PORT - sources + 1}. Example: --port=9100`
    }
    return isWhole(seed) ? null : '--seed must be a whole number. Example: --seed=7'
  }
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

/** The settings of a source under the names of their variables. */
function toEnvironment(
  names: Readonly<Record<string, string | undefined>>,
  config: Readonly<Record<string, unknown>>
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => (names[key] ? [[names[key], String(value)]] : []))
  )
}
