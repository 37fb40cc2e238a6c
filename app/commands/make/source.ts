import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { ScaffoldSource } from '#services/sources/scaffold_source'

export default class MakeSource extends BaseCommand {
  static commandName = 'make:source'
  static description = 'Make the folder of a new source plugin that certifies at once'
  static options: CommandOptions = { startApp: false }
  static help = ['{{ binaryName }} make:source acme', '{{ binaryName }} source:certify acme']

  @args.string({ description: 'Id of the plugin: lower-case words joined by hyphens' })
  declare name: string

  @flags.boolean({ description: 'Print the files as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(scaffoldSource: ScaffoldSource) {
    const files = await scaffoldSource.handle(this.name, this.app.makePath('plugins'))
    const codemods = await this.createCodemods()
    await codemods.updateRcFile((rcFile) => rcFile.addProvider(`./plugins/${this.name}/provider.js`))

    const made = files.map((file) => `plugins/${file}`)
    if (this.json) {
      this.logger.log(JSON.stringify({ plugin: this.name, files: made }))
      return
    }
    made.forEach((file) => this.logger.action(`create ${file}`).succeeded())
    this.logger.info(`Then: an entry in config/sources.ts, its variables in start/env.ts, plugins/README.md tells how`)
    this.logger.info(`node ace source:certify ${this.name}`)
  }

  async completed() {
    return reportFault(this)
  }
}
