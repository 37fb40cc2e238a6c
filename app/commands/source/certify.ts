import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { SourceError } from '@laim/sdk'
import { reportFault } from '#commands/_report_fault'
import { InvalidValue } from '#core/assets/errors'
import { CertifySource } from '#services/sources/certify/certify_source'

const MARKS = { pass: '✔', fail: '✖', skip: '-' }

export default class SourceCertify extends BaseCommand {
  static commandName = 'source:certify'
  static description = 'Hold a source plugin against the contract, by its own simulator'
  static options: CommandOptions = { startApp: true }
  static help = [
    'The plugin reads its simulator, well and sick. Bronze: it tells the truth. Silver: it survives. Gold: it behaves.',
    'Exit codes: 0 every check passes, 1 one fails, 3 there is no such plugin.',
    '{{ binaryName }} source:certify acme --json > acme.cert.json',
  ]

  @args.string({ description: 'Id of the plugin' })
  declare plugin: string

  @flags.boolean({ description: 'Print the certificate as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(certifySource: CertifySource) {
    const certificate = await certifySource.handle(this.plugin).catch((error: unknown) => {
      throw SourceError.is(error) ? new InvalidValue('plugin', error.message, 'plugin') : error
    })
    this.exitCode = certificate.passed ? 0 : 1
    if (this.json) {
      this.logger.log(JSON.stringify(certificate))
      return
    }
    for (const { tier, status, title, message } of certificate.checks) {
      this.logger.log(`${MARKS[status]} ${tier.padEnd(7)} ${title}${message ? `\n            ${message}` : ''}`)
    }
    const { plugin, version, kit, tier } = certificate
    this.logger.log(`${plugin} ${version}: ${tier ?? 'no tier'} of kit ${kit}`)
  }

  async completed() {
    return reportFault(this)
  }
}
